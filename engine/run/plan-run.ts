import { FlowChecker, libraryOf, type CheckedFlow } from "../flow/index.ts";
import { problem, problemWords, type Problem } from "../flow/problem.ts";
import type { Flow } from "../flow/schema.ts";
import { HeddleError } from "../lib/errors/error.ts";
import type { Catalog } from "../node/catalog.ts";
import { flowsUsed } from "./collect-flows.ts";
import { compileLevel, compileSide, type Compiling } from "./plan-graph.ts";
import { Levels } from "./plan-levels.ts";
import type { RunPlan } from "./plan.ts";

export type Planning = { ok: true; plan: RunPlan } | { ok: false; problems: Problem[] };

type Flows = Readonly<Record<string, Flow>>;

export interface PlanningOptions {
  /** The flows that this one runs, and they run, by name: what `collectFlows` gathers. Left out: whether they are there shows as the run goes on. */
  flows?: Flows;
}

/** Compiles a flow, or tells every problem that keeps it from running. Warnings don't. */
export function planRun(flow: Flow, catalog: Catalog, { flows }: PlanningOptions = {}): Planning {
  const library = flows && libraryOf(flows, catalog);
  const check = (one: Flow, name?: string) =>
    new FlowChecker(catalog).check(one, { ...(library && { flows: library }), ...(name && { name }) });
  const checked = check(flow);
  const errors = errorsOf(checked);
  if (errors.length > 0) return { ok: false, problems: errors };
  const inner = Object.entries(flows ?? {}).map(([name, used]) => ({ name, checked: check(used, name) }));
  const broken = inner.flatMap((one) => {
    const [first, ...more] = errorsOf(one.checked);
    return first ? [{ name: one.name, first, count: more.length + 1 }] : [];
  });
  if (broken.length > 0) return { ok: false, problems: whereRun(flow, catalog, { flows: flows!, broken }) };
  const plans = new Map<string, RunPlan>();
  for (const one of inner) plans.set(one.name, compileFlow(one.checked, catalog, plans));
  return { ok: true, plan: compileFlow(checked, catalog, plans) };
}

const errorsOf = ({ problems }: CheckedFlow): Problem[] => problems.filter(({ severity }) => severity === "error");

/** The plan of a flow. @throws HeddleError `run.not-runnable` naming the first problem. */
export function planOrThrow(flow: Flow, catalog: Catalog, options: PlanningOptions = {}): RunPlan {
  const planning = planRun(flow, catalog, options);
  if (planning.ok) return planning.plan;
  const first = planning.problems[0]!;
  const params = { flow: flow.name, count: planning.problems.length, ...problemWords(first) };
  throw new HeddleError("run.not-runnable", params);
}

interface Broken {
  name: string;
  first: Problem;
  count: number;
}

/** Problems of flows within, at the steps that would run those flows, directly or through others. */
function whereRun(flow: Flow, catalog: Catalog, { flows, broken }: { flows: Flows; broken: Broken[] }): Problem[] {
  const used = flowsUsed(flow, catalog).flatMap(({ node, name }) => {
    const found = broken.find((one) => reaches(name, one.name, { flows, catalog }));
    if (!found) return [];
    const params = { flow: found.name, count: found.count, ...problemWords(found.first) };
    return [problem("run.not-runnable", "error", params, { node })];
  });
  return used.length > 0 ? used : broken.map(({ first }) => first);
}

function reaches(from: string, target: string, { flows, catalog }: { flows: Flows; catalog: Catalog }): boolean {
  const names = new Set([from]);
  for (const name of names) {
    if (name === target) return true;
    const used = flows[name];
    for (const next of used ? flowsUsed(used, catalog) : []) names.add(next.name);
  }
  return false;
}

/** Compiles what has no problems. */
function compileFlow({ world, info }: CheckedFlow, catalog: Catalog, flows: ReadonlyMap<string, RunPlan>): RunPlan {
  const { flow } = world;
  const levels = new Levels(flow, catalog);
  const definitionOf = (key: string) => {
    const definition = catalog.get(flow.nodes[key]!.type);
    return definition.role === "step" ? definition : undefined;
  };
  const hasVars = Object.keys(flow.nodes).some((key) => definitionOf(key)?.assigns);
  const so: Compiling = { catalog, levels, info, hasVars };
  const { graph, level } = compileLevel(so);
  const triggers = Object.keys(flow.nodes).filter((key) => definitionOf(key)?.trigger && level.normal.has(key));
  const trigger = triggers.find((key) => definitionOf(key)!.trigger === "manual") ?? triggers[0];
  return {
    ...graph,
    flows,
    ...(trigger !== undefined && { trigger }),
    ...(level.handler.size > 0 && { handler: compileSide(so, level, level.handler) }),
  };
}
