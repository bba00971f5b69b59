import {
  edgeId,
  bindingId,
  type BindingKind,
  type Flow,
  type FlowCommand,
  type NodeAnalysis,
} from "../../../engine/flow/index.ts";
import { readHandle } from "../graph/handles.ts";
import { canBind } from "./bodies.ts";

/** Two ends of a wire as React Flow tells them; the source is always the end that something leaves. */
export interface Wire {
  source: string;
  sourceHandle?: string | null;
  target: string;
  targetHandle?: string | null;
}

export type ShapeOf = (
  key: string,
) => Pick<NodeAnalysis, "role" | "hasInput" | "ports" | "slots" | "provides"> | undefined;

/** Whether control can come from `from` to `to`. */
export function leadsTo(flow: Flow, from: string, to: string): boolean {
  const seen = new Set<string>();
  const open = [from];
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (key === to) return true;
    if (seen.has(key)) continue;
    seen.add(key);
    for (const edge of flow.edges) if (edge.from === key) open.push(edge.to);
  }
  return false;
}

/** Why two things can't be joined: rows of the canvas namespace under `refused.`. */
export type Refusal = "kind" | "itself" | "already" | "cycle" | "border" | "bindBorder" | "entry";

/** The edit that a wire stands for, or why these two can't be joined. */
export function wireResult(flow: Flow, shapeOf: ShapeOf, wire: Wire): FlowCommand | Refusal {
  const from = readHandle(wire.sourceHandle);
  const to = readHandle(wire.targetHandle);
  if (!from || !to) return "kind";
  if (wire.source === wire.target) return "itself";
  if (from.kind === "port" && to.kind === "in") {
    if (shapeOf(wire.target)?.hasInput === false) return "entry";
    return edgeResult(flow, { from: wire.source, port: from.port, to: wire.target });
  }
  if (from.kind === "provides" && to.kind === "slot") {
    const provides = shapeOf(wire.source)?.provides;
    const accepts = shapeOf(wire.target)?.slots.find((slot) => slot.slot === to.slot)?.accepts;
    if (!provides || provides !== accepts) return "kind";
    return bindingResult(flow, { from: wire.source, to: wire.target, slot: to.slot });
  }
  return "kind";
}

/** The edit that a wire stands for, or null where these two can't be joined. */
export function wireCommand(flow: Flow, shapeOf: ShapeOf, wire: Wire): FlowCommand | null {
  const result = wireResult(flow, shapeOf, wire);
  return typeof result === "string" ? null : result;
}

function edgeResult(flow: Flow, edge: { from: string; port: string; to: string }): FlowCommand | Refusal {
  if (flow.parents[edge.from] !== flow.parents[edge.to]) return "border";
  if (flow.edges.some((other) => edgeId(other) === edgeId(edge))) return "already";
  if (leadsTo(flow, edge.to, edge.from)) return "cycle";
  return { do: "edge.connect", edge };
}

function bindingResult(flow: Flow, binding: { from: string; to: string; slot: string }): FlowCommand | Refusal {
  if (!canBind(flow, binding.from, binding.to)) return "bindBorder";
  if (flow.bindings.some((other) => bindingId(other) === bindingId(binding))) return "already";
  return { do: "binding.bind", binding };
}

/** Which of a step's slots takes what a resource provides. */
export function slotFor(shape: ReturnType<ShapeOf>, provides: BindingKind | undefined): string | undefined {
  return provides && shape?.slots.find((slot) => slot.accepts === provides)?.slot;
}
