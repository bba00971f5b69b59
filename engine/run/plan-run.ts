import { analyzeFlow } from "../flow/index.ts";
import { problem, problemMessage, type Problem } from "../flow/problem.ts";
import type { Flow } from "../flow/schema.ts";
import { HeddleError } from "../lib/errors/error.ts";
import type { Catalog } from "../node/catalog.ts";
import { flowsUsed } from "./collect-flows.ts";
import { compileLevel, compileSide, type Compiling } from "./plan-graph.ts";
import { Levels } from "./plan-levels.ts";
import type { RunPlan } from "./plan.ts";

export type Planning = { ok: true; plan: RunPlan } | { ok: false; problems: Problem[] };

export interface PlanningOptions {
  /** The flows that this one runs, and they run, by name: what `collectFlows` gathers. */
  flows?: Readonly<Record<string, Flow>>;
}

/** Compiles a flow, or tells every problem that keeps it from running. Warnings don't. */
export function planRun(flow: Flow, catalog: Catalog, options: PlanningOptions = {}): Planning {
  const errors = problemsOf(flow, catalog);
  if (errors.length > 0) return { ok: false, problems: errors };
  const inner = options.flows ?? {};
  const broken = flowsUsed(flow, catalog).flatMap(({ node, name }) => {
    const used = inner[name];
    const [first, ...more] = used ? problemsOf(used, catalog) : [];
    if (!first) return [];
    const params = { flow: name, count: more.length + 1, problem: textOf(first) };
    return [problem("run.not-runnable", "error", params, { node })];
  });
  return broken.length > 0 ? { ok: false, problems: broken } : { ok: true, plan: compileFlows(flow, catalog, inner) };
}

/** The plan of a flow. @throws HeddleError `run.not-runnable` naming the first problem. */
export function planOrThrow(flow: Flow, catalog: Catalog, options: PlanningOptions = {}): RunPlan {
  const planning = planRun(flow, catalog, options);
  if (planning.ok) return planning.plan;
  const first = planning.problems[0]!;
  throw new HeddleError("run.not-runnable", {
    flow: flow.name,
    count: planning.problems.length,
    problem: textOf(first),
  });
}

/** Compiles what has no problems. */
export function compileFlows(flow: Flow, catalog: Catalog, inner: Readonly<Record<string, Flow>> = {}): RunPlan {
  const flows = new Map<string, RunPlan>();
  for (const [name, used] of Object.entries(inner)) {
    if (problemsOf(used, catalog).length === 0) flows.set(name, compileFlow(used, catalog, flows));
  }
  return compileFlow(flow, catalog, flows);
}

function compileFlow(flow: Flow, catalog: Catalog, flows: ReadonlyMap<string, RunPlan>): RunPlan {
  const levels = new Levels(flow, catalog);
  const definitionOf = (key: string) => {
    const definition = catalog.get(flow.nodes[key]!.type);
    return definition.role === "step" ? definition : undefined;
  };
  const hasVars = Object.keys(flow.nodes).some((key) => definitionOf(key)?.assigns);
  const so: Compiling = { catalog, levels, hasVars };
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

function problemsOf(flow: Flow, catalog: Catalog): Problem[] {
  return analyzeFlow({ flow, problems: [] }, catalog).problems.filter(({ severity }) => severity === "error");
}

function textOf(first: Problem): string {
  return `${first.node === undefined ? "" : `${first.node}: `}${problemMessage("en", first)}`;
}
