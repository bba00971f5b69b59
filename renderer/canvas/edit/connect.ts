import {
  edgeId,
  bindingId,
  type BindingKind,
  type Flow,
  type FlowCommand,
  type NodeAnalysis,
} from "../../../engine/flow/index.ts";
import { readHandle } from "../graph/handles.ts";

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

/** The edit that a wire stands for, or null where these two can't be joined: the wrong kind, a copy, a cycle. */
export function wireCommand(flow: Flow, shapeOf: ShapeOf, wire: Wire): FlowCommand | null {
  const from = readHandle(wire.sourceHandle);
  const to = readHandle(wire.targetHandle);
  if (!from || !to || wire.source === wire.target) return null;
  if (from.kind === "port" && to.kind === "in")
    return edgeCommand(flow, { from: wire.source, port: from.port, to: wire.target });
  if (from.kind === "provides" && to.kind === "slot") {
    const provides = shapeOf(wire.source)?.provides;
    const accepts = shapeOf(wire.target)?.slots.find((slot) => slot.slot === to.slot)?.accepts;
    return provides && provides === accepts
      ? bindingCommand(flow, { from: wire.source, to: wire.target, slot: to.slot })
      : null;
  }
  return null;
}

function edgeCommand(flow: Flow, edge: { from: string; port: string; to: string }): FlowCommand | null {
  if (flow.edges.some((other) => edgeId(other) === edgeId(edge))) return null;
  if (leadsTo(flow, edge.to, edge.from)) return null;
  return { do: "edge.connect", edge };
}

function bindingCommand(flow: Flow, binding: { from: string; to: string; slot: string }): FlowCommand | null {
  if (flow.bindings.some((other) => bindingId(other) === bindingId(binding))) return null;
  return { do: "binding.bind", binding };
}

/** Which of a step's slots takes what a resource provides. */
export function slotFor(shape: ReturnType<ShapeOf>, provides: BindingKind | undefined): string | undefined {
  return provides && shape?.slots.find((slot) => slot.accepts === provides)?.slot;
}
