import type { NodeProps } from "@xyflow/react";
import { ChevronDown } from "lucide-react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { useDocument } from "../../document/store.ts";
import { useText } from "../../i18n/index.ts";
import { cn, familyColor, NodeChip } from "../../ui/index.ts";
import { useDetail } from "../detail.ts";
import { toggleFolded } from "../folded.ts";
import { FRAME_HEAD } from "../graph/frames.ts";
import type { CanvasNode } from "../graph/to-graph.ts";
import { useCanvasUi } from "../ui-store.ts";
import { CardKey, CardTitle } from "./card-title.tsx";
import { CardStatus } from "./card-status.tsx";
import { BreakpointDot, DebugBadges } from "./debug-badges.tsx";
import { FarCard } from "./far-card.tsx";
import { FrameRun } from "./frame-run.tsx";
import { Ports } from "./ports.tsx";
import { ProblemBadge } from "./problem-badge.tsx";
import { useStep } from "./run-state.ts";
import { plainSummary, Summary } from "./summary.tsx";
import { useNewPorts } from "./use-new-ports.ts";
import { useLooksBroken, useNode, type NodeFacts } from "./use-node.ts";

/** A container with its body open: what stands in it runs once a round. */
export const Frame = memo(function Frame({ id, selected }: NodeProps<CanvasNode>) {
  const facts = useNode(id);
  const detail = useDetail();
  const state = useStep(id)?.state;
  const broken = useLooksBroken(id);
  const target = useCanvasUi((ui) => ui.dropBody === id);
  useNewPorts(id, facts.shape);
  return (
    <div
      data-state={state}
      data-selected={selected || undefined}
      data-broken={broken || undefined}
      data-target={target || undefined}
      className={cn("frame", facts.node?.disabled && "card-off", state === "skipped" && "card-skipped")}
      style={{ ["--hue" as string]: familyColor(facts.family) }}
    >
      <div className="frame-head" style={{ height: FRAME_HEAD }}>
        {detail === "full" ? <Head id={id} facts={facts} /> : <FarCard facts={facts} block={detail === "block"} />}
      </div>
      <EmptyBody id={id} />
      <BreakpointDot id={id} />
      <Ports id={id} shape={facts.shape} plain />
    </div>
  );
});

function Head({ id, facts }: { id: string; facts: NodeFacts }) {
  const { t } = useTranslation("canvas");
  const text = useText();
  const sentence = facts.known
    ? facts.shape && text(facts.shape.summary)
    : t("node.unknownType", { type: facts.node?.type });
  return (
    <div className="grid grid-cols-[auto_minmax(0,1fr)_auto] items-start gap-x-2.25 px-2.75 pt-2.5">
      <div className="row-span-2">
        <NodeChip family={facts.family} icon={facts.icon} />
      </div>
      <div className="flex items-baseline gap-2">
        <div className="max-w-full min-w-0 shrink-0">
          <CardTitle id={id} title={facts.title} />
        </div>
        <CardKey id={id} className="min-w-0" />
      </div>
      <div className="flex items-start gap-2.25">
        <FrameRun id={id} />
        <CardStatus id={id} facts={facts} />
        <DebugBadges id={id} />
        <ProblemBadge id={id} />
        <button
          type="button"
          aria-label={t("body.fold")}
          title={t("body.fold")}
          aria-expanded
          className="nodrag -m-0.5 grid size-5 shrink-0 place-items-center rounded-control text-ink-3 hover:bg-hover hover:text-ink"
          onClick={() => toggleFolded(id)}
        >
          <ChevronDown size={14} aria-hidden />
        </button>
      </div>
      {/* A line of its own: however much the run says above, what the rounds go through stays readable. */}
      <div className="col-span-2 truncate text-12 leading-5 text-ink-2" title={plainSummary(sentence ?? "")}>
        <Summary sentence={sentence ?? ""} />
      </div>
    </div>
  );
}

function EmptyBody({ id }: { id: string }) {
  const { t } = useTranslation("canvas");
  const empty = useDocument((state) => !Object.values(state.flow.parents).includes(id));
  if (!empty) return null;
  return (
    <p
      className="absolute inset-x-7.5 bottom-7.5 grid place-items-center rounded-card border border-dashed border-line-strong text-12 text-ink-3"
      style={{ top: FRAME_HEAD + 30 }}
    >
      {t("body.empty")}
    </p>
  );
}
