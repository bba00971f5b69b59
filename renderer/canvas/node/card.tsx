import type { NodeProps } from "@xyflow/react";
import { memo } from "react";
import { useTranslation } from "react-i18next";
import { useShallow } from "zustand/shallow";
import type { NodeAnalysis } from "../../../engine/flow/index.ts";
import { useDocument } from "../../document/store.ts";
import { useText } from "../../i18n/index.ts";
import { cn, familyColor } from "../../ui/index.ts";
import { useDetail } from "../detail.ts";
import { strayPorts, type CanvasNode } from "../graph/to-graph.ts";
import { CardBindings } from "./card-bindings.tsx";
import { CardHeader } from "./card-header.tsx";
import { CardRun } from "./card-run.tsx";
import { FarCard } from "./far-card.tsx";
import { BreakpointDot } from "./debug-badges.tsx";
import { FoldedBody } from "./folded-body.tsx";
import { PortRows, Ports } from "./ports.tsx";
import { useSkipped, useStep } from "./run-state.ts";
import { Summary } from "./summary.tsx";
import { useFarHeight } from "./use-far-height.ts";
import { useNewPorts } from "./use-new-ports.ts";
import { useLooksBroken, useNode, type NodeFacts } from "./use-node.ts";

/** A step or a resource on the canvas. */
export const Card = memo(function Card({ id, selected, height }: NodeProps<CanvasNode>) {
  const facts = useNode(id);
  const detail = useDetail();
  const state = useStep(id)?.state;
  const skipped = useSkipped(id);
  const broken = useLooksBroken(id);
  useNewPorts(id, facts.shape);
  const { card, farHeight } = useFarHeight({ facts, detail, height });
  const far = farHeight !== undefined;
  return (
    <div
      ref={card}
      data-state={state}
      data-selected={selected || undefined}
      data-broken={broken || undefined}
      className={cn(
        "card",
        isEntry(facts) && "card-entry",
        facts.node?.disabled && "card-off",
        skipped && "card-skipped",
      )}
      style={{ ["--hue" as string]: familyColor(facts.family), ...(far && { height: farHeight }) }}
    >
      {far ? <FarCard facts={facts} block={detail === "block"} /> : <Body id={id} facts={facts} />}
      {far && (
        <div className="absolute right-0 bottom-0 opacity-0">
          <Ways id={id} shape={facts.shape} />
        </div>
      )}
      <BreakpointDot id={id} />
      <Ports id={id} shape={facts.shape} />
    </div>
  );
});

/** Nothing leads to it: a run begins here, or what is done when one failed. */
const isEntry = ({ shape }: NodeFacts): boolean => shape?.role === "step" && !shape.hasInput;

function Body({ id, facts }: { id: string; facts: NodeFacts }) {
  const text = useText();
  const { t } = useTranslation("canvas");
  const skipped = useStep(id)?.state === "skipped";
  const note = facts.node?.note;
  const sentence = facts.known
    ? facts.shape && text(facts.shape.summary)
    : t("node.unknownType", { type: facts.node?.type });
  return (
    <>
      <CardHeader id={id} facts={facts} />
      <EntryTag id={id} shape={facts.shape} />
      <div className="mx-2.75 mb-2.5 line-clamp-3 text-12 text-ink-2">
        {skipped ? t("run.skipped") : <Summary sentence={sentence ?? ""} />}
      </div>
      {note && <div className="mx-2.75 mb-2.5 line-clamp-2 text-12 text-ink-3 italic">{note}</div>}
      <Ways id={id} shape={facts.shape} />
      <CardBindings id={id} />
      {facts.shape?.body && <FoldedBody id={id} />}
      <CardRun id={id} shape={facts.shape} />
    </>
  );
}

/** Of several entries: which one a run by hand begins with, and which one is for a run that failed. */
function EntryTag({ id, shape }: { id: string; shape: NodeAnalysis | undefined }) {
  const { t } = useTranslation("canvas");
  const byHand = useDocument(({ analysis }) => {
    const triggers = analysis?.triggers ?? [];
    return triggers.length > 1 && triggers[0]?.key === id;
  });
  if (shape?.handlesFailure)
    return <p className="mx-2.75 -mt-0.5 mb-1 text-11 font-medium text-bad">{t("entry.failure")}</p>;
  return byHand ? <p className="mx-2.75 -mt-0.5 mb-1 text-11 font-medium text-info">{t("entry.byHand")}</p> : null;
}

/** A lone way out stands at the title line; named ones have a line each. */
function Ways({ id, shape }: { id: string; shape: NodeAnalysis | undefined }) {
  const stray = useDocument(useShallow((state) => strayPorts(state.flow, id, shape?.ports ?? [])));
  if (shape?.role !== "step") return null;
  const [first, ...more] = shape.ports;
  if (first && more.length === 0 && !first.label && stray.length === 0) return null;
  return first || stray.length > 0 ? <PortRows id={id} ports={shape.ports} stray={stray} /> : null;
}
