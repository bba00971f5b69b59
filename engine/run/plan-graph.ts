import { DEFAULT_PORT, ERROR_PORT, UNDO_PORT, type Duration, type FlowNode } from "../flow/schema.ts";
import { HeddleError } from "../lib/errors/error.ts";
import type { JsonObject, JsonValue } from "../lib/json.ts";
import type { StepNode } from "../node/define.ts";
import { planAnswers, watchedBy } from "./answer-plan.ts";
import { durationMs, formatMs, retryPolicy } from "./duration.ts";
import { nullOutput } from "./null-output.ts";
import { compileBindings, compileConfig, compileFields, type ConfigCompiling } from "./plan-config.ts";
import type { Level, Levels } from "./plan-levels.ts";
import type { Within } from "./plan-sites.ts";
import type { BodyPlan, GraphPlan, PlanEdge, PlanStep, SidePlan } from "./plan.ts";

/** What every graph of a flow is compiled with. */
export interface Compiling extends ConfigCompiling {
  levels: Levels;
  hasVars: boolean;
}

interface GraphSpec {
  level: Level;
  members: ReadonlySet<string>;
  /** `inputs`: what takes no input. `first`: whatever nothing leads to. */
  entries: "inputs" | "first";
  captures: readonly string[];
}

/** Compiles the normal graph of a body, or of the flow itself. */
export function compileLevel(so: Compiling, container?: string): { graph: GraphPlan; level: Level } {
  const level = so.levels.level(container);
  const graph = compileGraph(so, {
    level,
    members: level.normal,
    entries: container === undefined ? "inputs" : "first",
    captures: container === undefined ? [] : bodyCaptures(so, container),
  });
  return { graph, level };
}

/** Compiles a graph that runs beside the normal one. */
export function compileSide(so: Compiling, level: Level, members: ReadonlySet<string>): SidePlan {
  const others = [level.normal, level.handler, ...level.undo.values()].filter((group) => group !== members);
  const captures = capturedBy(so, [...members], members);
  return {
    graph: compileGraph(so, { level, members, entries: "first", captures }),
    shared: [...members].some((key) => others.some((group) => group.has(key))),
  };
}

function compileGraph(so: Compiling, spec: GraphSpec): GraphPlan {
  const keys = [...spec.members].toSorted();
  const indexOf = new Map(keys.map((key, index) => [key, index]));
  const edges = planEdges(so, indexOf);
  const incoming: number[][] = keys.map(() => []);
  const outgoing: number[][] = keys.map(() => []);
  edges.forEach(({ from, to }, edge) => {
    outgoing[from]!.push(edge);
    incoming[to]!.push(edge);
  });
  const steps = keys.map((key, index) =>
    planStep(so, spec, { key, index, edges, incoming: incoming[index]!, outgoing: outgoing[index]! }),
  );
  const emptyScope: JsonObject = {};
  for (const step of steps) emptyScope[step.key] = step.emptyOutput;
  const answers = planAnswers(so.levels.flow, { steps, edges, indexOf });
  return {
    steps,
    edges,
    emptyScope,
    joinsAny: steps.some((step) => step.joinsAny),
    captures: spec.captures,
    answers,
    watched: watchedBy(answers),
    hasVars: so.hasVars,
  };
}

/** In the order of the file. */
function planEdges({ levels }: Compiling, indexOf: ReadonlyMap<string, number>): PlanEdge[] {
  const inside = [...indexOf.keys()].flatMap((key) =>
    levels.edgesFrom(key).filter(({ port, to }) => port !== UNDO_PORT && indexOf.has(to)),
  );
  return inside
    .toSorted((one, other) => one.place - other.place)
    .map(({ from, port, to }) => ({ from: indexOf.get(from)!, port, to: indexOf.get(to)! }));
}

interface StepPlace extends Pick<PlanStep, "index" | "key" | "incoming" | "outgoing"> {
  edges: readonly PlanEdge[];
}

function planStep(so: Compiling, spec: GraphSpec, place: StepPlace): PlanStep {
  const { catalog, levels } = so;
  const { key, index, edges, incoming, outgoing } = place;
  const node = levels.flow.nodes[key]!;
  const definition = catalog.get(node.type) as StepNode<JsonValue>;
  const { shape } = so.info(key);
  const ports = shape.ports.map((port) => port.id);
  const undo = spec.members === spec.level.normal ? spec.level.undo.get(key) : undefined;
  const step: PlanStep = {
    index,
    key,
    definition,
    entry: spec.entries === "inputs" ? definition.hasInput === false : incoming.length === 0,
    incoming,
    outgoing,
    disabled: node.disabled === true,
    joinsAny: node.join === "any",
    ports,
    defaultPort: ports.includes(DEFAULT_PORT) ? DEFAULT_PORT : (ports[0] ?? DEFAULT_PORT),
    handlesError: outgoing.some((edge) => edges[edge]!.port === ERROR_PORT),
    config: compileConfig(so, key, node),
    bound: compileBindings(so, levels, key),
    emptyOutput: nullOutput(shape.output),
  };
  if (definition.trigger) step.trigger = definition.trigger;
  if (node.retry) step.retry = retryPolicy(node.retry);
  if (node.timeout !== undefined) step.timeout = timeoutOf(key, node.timeout);
  if (node.fallback !== undefined) step.fallback = node.fallback;
  if (definition.body) step.body = compileBody(so, key, node);
  if (undo) step.undo = compileSide(so, spec.level, undo);
  return step;
}

function compileBody(so: Compiling, key: string, node: FlowNode): BodyPlan {
  return {
    graph: compileLevel(so, key).graph,
    result: compileFields(so, { key, node }, "body"),
    asked: compileFields(so, { key, node }, "locals"),
    askedCaptures: rootsWithin(so, key, "locals"),
  };
}

function bodyCaptures(so: Compiling, container: string): string[] {
  const inside = so.levels.inside(container);
  const own = rootsWithin(so, container, "body");
  return withoutOwn([...own, ...inside.flatMap((key) => namesIn(so, key))], new Set(inside));
}

function capturedBy(so: Compiling, keys: readonly string[], own: ReadonlySet<string>): string[] {
  const all = keys.flatMap((key) => [key, ...so.levels.inside(key)]);
  return withoutOwn(
    all.flatMap((key) => namesIn(so, key)),
    own,
  );
}

/** The names that a node refers to, in its config and in what is bound to it. */
const namesIn = ({ info, levels }: Compiling, key: string): string[] =>
  [key, ...levels.bindingsTo(key).map(({ from }) => from)].flatMap((at) => info(at).roots.map(({ name }) => name));

const rootsWithin = ({ info }: Compiling, key: string, within: Within): string[] =>
  info(key).roots.flatMap((root) => (root.within === within ? [root.name] : []));

const withoutOwn = (names: readonly string[], own: ReadonlySet<string>): string[] =>
  [...new Set(names)].filter((name) => !own.has(name) && name !== "vars");

function timeoutOf(key: string, timeout: Duration): PlanStep["timeout"] {
  const ms = durationMs(timeout);
  return { ms, error: new HeddleError("run.timeout", { node: key, timeout: formatMs(ms) }).toJSON() };
}
