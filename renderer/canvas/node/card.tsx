import { useUpdateNodeInternals, type NodeProps } from "@xyflow/react";
import { memo, useEffect } from "react";
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
import { ErrorPort, InPort, OutPort, PortRows, ProvidesPort, SlotPorts } from "./ports.tsx";
import { useStep } from "./run-state.ts";
import { Summary } from "./summary.tsx";
import { useNode, useNodeProblems, type NodeFacts } from "./use-node.ts";

/** A step or a resource on the canvas. */
export const Card = memo(function Card({ id, selected, width, height }: NodeProps<CanvasNode>) {
  const facts = useNode(id);
  const detail = useDetail();
  const state = useStep(id)?.state;
  const broken = useNodeProblems(id)[0]?.severity === "error";
  useNewPorts(id, facts.shape);
  const far = detail !== "full" && width !== undefined && height !== undefined;
  return (
    <div
      data-state={state}
      data-selected={selected || undefined}
      data-broken={broken || undefined}
      className={cn("card", facts.node?.disabled && "card-off", state === "skipped" && "card-skipped")}
      style={{ ["--hue" as string]: familyColor(facts.family), ...(far && { height }) }}
    >
      {far ? <FarCard facts={facts} block={detail === "block"} /> : <Body id={id} facts={facts} />}
      {far && (
        <div className="absolute right-0 bottom-0 opacity-0">
          <Ways id={id} shape={facts.shape} />
        </div>
      )}
      <Ports id={id} shape={facts.shape} />
    </div>
  );
});

/** Ports that come with the analysis leave the card's size as it is, and size is what React Flow watches: it is told to look for them. */
function useNewPorts(id: string, shape: NodeAnalysis | undefined): void {
  const measure = useUpdateNodeInternals();
  const ports = shape ? JSON.stringify([shape.role, shape.hasInput, shape.ports, shape.slots]) : undefined;
  useEffect(() => {
    if (ports !== undefined) measure(id);
  }, [measure, id, ports]);
}

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
      <div className="mx-2.75 mb-2.5 line-clamp-3 text-12 text-ink-2">
        {skipped ? t("run.skipped") : <Summary sentence={sentence ?? ""} />}
      </div>
      {note && <div className="mx-2.75 mb-2.5 line-clamp-2 text-12 text-ink-3 italic">{note}</div>}
      <Ways id={id} shape={facts.shape} />
      <CardBindings id={id} />
      <CardRun id={id} shape={facts.shape} />
    </>
  );
}

/** A lone way out stands at the title line; named ones have a line each. */
function Ways({ id, shape }: { id: string; shape: NodeAnalysis | undefined }) {
  const stray = useDocument(useShallow((state) => strayPorts(state.flow, id, shape?.ports ?? [])));
  if (shape?.role !== "step") return null;
  const [first, ...more] = shape.ports;
  if (first && more.length === 0 && !first.label && stray.length === 0) return null;
  return first || stray.length > 0 ? <PortRows id={id} ports={shape.ports} stray={stray} /> : null;
}

/** Ports at the card's edges. Wires end there at every zoom. */
function Ports({ id, shape }: { id: string; shape: NodeAnalysis | undefined }) {
  const stray = useDocument((state) => strayPorts(state.flow, id, shape?.ports ?? []).length > 0);
  if (!shape || shape.role === "note") return null;
  if (shape.role === "resource") return <ProvidesPort />;
  const [first, ...more] = shape.ports;
  return (
    <>
      {shape.hasInput && <InPort id={id} />}
      {first && more.length === 0 && !first.label && !stray && <OutPort id={id} port={first.id} />}
      <ErrorPort id={id} />
      {shape.slots.length > 0 && <SlotPorts id={id} slots={shape.slots} />}
    </>
  );
}
