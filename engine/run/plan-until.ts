import type { GraphPlan, PlanStep, RunPlan } from "./plan.ts";

/** The plan without what doesn't lead to a node, in whichever body that node is. A node that isn't there leaves the plan as it is. */
export function planUntil(plan: RunPlan, node: string): RunPlan {
  const graph = leadingTo(plan, node);
  if (!graph) return plan;
  const triggers = graph.steps.filter((step) => step.trigger !== undefined).map(({ key }) => key);
  const { trigger: usual } = plan;
  const trigger = usual !== undefined && triggers.includes(usual) ? usual : triggers[0];
  return { ...plan, ...graph, ...(trigger !== undefined && { trigger }) };
}

function leadingTo(plan: GraphPlan, node: string): GraphPlan | undefined {
  const found = plan.steps.find((step) => step.key === node || (step.body && leadingTo(step.body.graph, node)));
  if (!found) return undefined;
  const kept = new Set([found.index]);
  for (const index of kept) {
    for (const edge of plan.steps[index]!.incoming) kept.add(plan.edges[edge]!.from);
  }
  const order = [...kept].toSorted((one, other) => one - other);
  const newIndex = new Map(order.map((index, place) => [index, place]));
  const edges = plan.edges.flatMap(({ from, port, to }) =>
    newIndex.has(from) && newIndex.has(to) ? [{ from: newIndex.get(from)!, port, to: newIndex.get(to)! }] : [],
  );
  const steps = order.map((old, index): PlanStep => {
    const step = plan.steps[old]!;
    const inner = step.body && old === found.index && step.key !== node ? leadingTo(step.body.graph, node) : undefined;
    return {
      ...step,
      index,
      incoming: indexes(edges, (edge) => edge.to === index),
      outgoing: indexes(edges, (edge) => edge.from === index),
      ...(inner && { body: { ...step.body!, graph: inner } }),
    };
  });
  return { ...plan, steps, edges, answers: [] };
}

function indexes<Edge>(edges: readonly Edge[], matches: (edge: Edge) => boolean): number[] {
  return edges.flatMap((edge, index) => (matches(edge) ? [index] : []));
}
