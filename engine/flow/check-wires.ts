import { suggest } from "../lib/suggest.ts";
import { crossesBorder, isBindable } from "./apply-node.ts";
import { containersAround, parentOf } from "./bodies.ts";
import type { FlowCommand } from "./commands.ts";
import { bindingText, edgeText } from "./edge-text.ts";
import type { BindingKind, NodeShape } from "./node-types.ts";
import { problem, type Problem, type QuickFix } from "./problem.ts";
import {
  bindingId,
  DEFAULT_PORT,
  edgeId,
  ERROR_PORT,
  UNDO_PORT,
  type Binding,
  type Edge,
  type Flow,
} from "./schema.ts";

type Shapes = ReadonlyMap<string, NodeShape>;

const SLOT_PROBLEMS = {
  tools: "flow.slot-tools",
  model: "flow.slot-model",
  knowledge: "flow.slot-knowledge",
} as const satisfies Record<BindingKind, string>;

/** What is wrong with edges: missing ends, unknown ports, ends that control can't enter or leave. */
export function checkEdges(flow: Flow, shapes: Shapes): Problem[] {
  return flow.edges.flatMap((edge) => {
    if (isFine(flow, edge, shapes)) return NOTHING;
    const dangling = (["from", "to"] as const).flatMap((end) => danglingEdge(flow, edge, end));
    if (dangling.length > 0) return dangling;
    return crossesBorder(flow, edge) ? [borderProblem(flow, edge)] : edgeProblems(edge, shapes);
  });
}

/** An edge into a body or out of one: the container is what it should be joined to. */
function borderProblem(flow: Flow, edge: Edge): Problem {
  const from = containersAround(flow, edge.from);
  const to = containersAround(flow, edge.to);
  const common = to.find((container) => from.includes(container));
  const outermost = (around: readonly string[], key: string): string =>
    [key, ...around][common === undefined ? around.length : around.indexOf(common)]!;
  const [start, end] = [outermost(from, edge.from), outermost(to, edge.to)];
  const container = start === edge.from ? end : start;
  const instead: Edge = { from: start, port: start === edge.from ? edge.port : DEFAULT_PORT, to: end };
  const place = { node: edge.from, edge: edgeId(edge) };
  const params = { edge: edgeText(edge), container };
  if (start === end) return problem("flow.border-edge", "error", params, { ...place, fixes: [removal(edge)] });
  const commands: FlowCommand[] = [
    { do: "edge.disconnect", edge },
    { do: "edge.connect", edge: instead },
  ];
  const reconnect: QuickFix = {
    label: "fix.connect-instead",
    params: { to: `${instead.from} → ${instead.to}` },
    command: { do: "batch", commands },
  };
  return problem("flow.border-edge", "error", params, { ...place, fixes: [reconnect, removal(edge)] });
}

function removal(edge: Edge): QuickFix {
  return { label: "fix.remove-edge", params: {}, command: { do: "edge.disconnect", edge } };
}

function danglingEdge(flow: Flow, edge: Edge, end: "from" | "to"): Problem[] {
  const missing = edge[end];
  if (Object.hasOwn(flow.nodes, missing)) return [];
  const near = suggest(missing, Object.keys(flow.nodes));
  const params = { edge: edgeText(edge), missing };
  if (!near) return [problem("flow.dangling-edge", "error", params, { edge: edgeId(edge), fixes: [removal(edge)] })];
  const index = flow.edges.indexOf(edge);
  const commands: FlowCommand[] = [
    { do: "edge.disconnect", edge },
    { do: "edge.connect", edge: { ...edge, [end]: near }, index },
  ];
  const reconnect: QuickFix = {
    label: "fix.connect-instead",
    params: { to: near },
    command: { do: "batch", commands },
  };
  return [
    problem(
      "flow.dangling-edge-near",
      "error",
      { ...params, near },
      { edge: edgeId(edge), fixes: [reconnect, removal(edge)] },
    ),
  ];
}

function edgeProblems(edge: Edge, shapes: Shapes): Problem[] {
  const from = shapes.get(edge.from)!;
  const to = shapes.get(edge.to)!;
  const place = { edge: edgeId(edge), fixes: [removal(edge)] };
  const found: Problem[] = [];
  for (const [key, shape] of [
    [edge.from, from],
    [edge.to, to],
  ] as const) {
    if (shape.role !== "step") found.push(problem("flow.not-a-step", "error", { node: key }, { ...place, node: key }));
  }
  if (found.length > 0) return found;
  if (edge.from === edge.to)
    return [problem("flow.self-edge", "error", { node: edge.from }, { ...place, node: edge.from })];
  if (!to.hasInput)
    found.push(problem("flow.start-entered", "error", { edge: edgeText(edge) }, { ...place, node: edge.to }));
  const ports = from.ports.map((port) => port.id);
  const beside = from.hasInput ? [ERROR_PORT, UNDO_PORT] : [ERROR_PORT];
  if (![...ports, ...beside].includes(edge.port)) {
    const params = { node: edge.from, port: edge.port, ports: [...ports, ...beside].join(", ") };
    found.push(
      problem("flow.unknown-port", "error", params, { ...place, node: edge.from, fixes: portFixes(edge, ports) }),
    );
  }
  return found;
}

const NOTHING: Problem[] = [];

/** Whether there is nothing to say of an edge: most are so, and flows have thousands. */
function isFine(flow: Flow, edge: Edge, shapes: Shapes): boolean {
  const from = shapes.get(edge.from);
  const to = shapes.get(edge.to);
  return (
    from?.role === "step" &&
    to?.role === "step" &&
    to.hasInput &&
    edge.from !== edge.to &&
    from.ports.some(({ id }) => id === edge.port) &&
    parentOf(flow, edge.from) === parentOf(flow, edge.to)
  );
}

function portFixes(edge: Edge, ports: readonly string[]): QuickFix[] {
  const near = suggest(edge.port, ports) ?? (ports.length === 1 ? ports[0] : undefined);
  if (near === undefined) return [removal(edge)];
  const commands: FlowCommand[] = [
    { do: "edge.disconnect", edge },
    { do: "edge.connect", edge: { ...edge, port: near } },
  ];
  return [{ label: "fix.port", params: { to: near }, command: { do: "batch", commands } }, removal(edge)];
}

/** What is wrong with bindings: missing ends, unknown slots, a resource of another kind than the slot takes. */
export function checkBindings(flow: Flow, shapes: Shapes): Problem[] {
  return flow.bindings.flatMap((binding) => {
    const fixes: QuickFix[] = [{ label: "fix.remove-binding", params: {}, command: { do: "binding.unbind", binding } }];
    const edge = bindingId(binding);
    const missing = [binding.from, binding.to].find((key) => !Object.hasOwn(flow.nodes, key));
    if (missing !== undefined) {
      return [problem("flow.dangling-binding", "error", { edge: bindingText(binding), missing }, { edge, fixes })];
    }
    if (!isBindable(flow, binding)) {
      const params = { edge: bindingText(binding), from: binding.from };
      return [problem("flow.border-binding", "error", params, { node: binding.to, edge, fixes })];
    }
    return bindingProblems(binding, shapes).map((found) => ({ ...found, node: binding.to, edge, fixes }));
  });
}

function bindingProblems({ from, to, slot }: Binding, shapes: Shapes): Problem[] {
  const slots = shapes.get(to)!.slots;
  const target = slots.find((candidate) => candidate.slot === slot);
  if (slots.length === 0) return [problem("flow.no-slots", "error", { node: to })];
  if (!target) {
    const known = slots.map((candidate) => candidate.slot).join(", ");
    return [problem("flow.unknown-slot", "error", { node: to, slot, slots: known })];
  }
  if (shapes.get(from)!.provides === target.accepts) return [];
  return [problem(SLOT_PROBLEMS[target.accepts], "error", { from, to, slot })];
}
