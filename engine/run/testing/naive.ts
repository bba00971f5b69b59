import { lastOf } from "./random-document.ts";
import type { RandomGraph, RandomNode } from "./random-flow.ts";

/** What became of a node: the port that it left by and the text that a reference to it gives; undefined when it was skipped. */
export type Fate = { port: string; value: string } | undefined;

export interface NaiveOutcome {
  /** Nodes whose failure may end the graph: which one does depends on who is first. */
  fatal: string[];
  /** By path, for the nodes of every graph that went to its end. */
  fates: Map<string, Fate>;
  /** The texts of the answers that were given, in order. */
  answers: string[];
}

interface World {
  prefix: string;
  /** Texts of the nodes around, and the names that containers give. */
  around: ReadonlyMap<string, string>;
  input: string;
}

/**
 * Runs a random flow the plainest way there is: one node after the other in the order of the graph, one round after the other. The
 * reference for the executor; flows without `join: any` only.
 */
export function runNaively(graph: RandomGraph, input: string): NaiveOutcome {
  return runGraph(graph, { prefix: "", around: new Map(), input });
}

function runGraph(graph: RandomGraph, world: World): NaiveOutcome {
  const outcome: NaiveOutcome = { fatal: [], fates: new Map(), answers: [] };
  const left = new Map<string, string>();
  const texts = new Map(world.around);
  const answers = new Map<string, string[]>();
  for (const node of graph.nodes) {
    const { key } = node;
    const incoming = graph.edges.filter((edge) => edge.to === key);
    const reached = incoming.length === 0 || incoming.some((edge) => left.get(edge.from) === edge.port);
    const ran = reached ? runNode(node, graph, { ...world, around: texts }) : undefined;
    outcome.fates.set(world.prefix + key, ran?.fate);
    texts.set(key, ran?.fate?.value ?? "");
    if (ran?.fate) left.set(key, ran.fate.port);
    if (!ran) continue;
    answers.set(key, ran.answers);
    outcome.fatal.push(...ran.fatal);
    for (const [path, fate] of ran.fates) outcome.fates.set(path, fate);
  }
  for (const key of [...answers.keys()].toSorted()) outcome.answers.push(...answers.get(key)!);
  return outcome;
}

type Ran = NaiveOutcome & { fate: Fate };

function runNode(node: RandomNode, graph: RandomGraph, world: World): Ran {
  const { key, what, disabled, refersTo, locals } = node;
  const done = (value: string, port = "out"): Ran => ({
    fate: { port, value },
    fatal: [],
    fates: new Map(),
    answers: [],
  });
  if (key === "start") return done(world.input);
  if (disabled) return done("", what.kind === "gate" ? "left" : "out");
  const text = `${key} (${[...refersTo, ...locals].map((name) => world.around.get(name) ?? "").join(", ")})`;
  switch (what.kind) {
    case "echo":
    case "compute":
    case "speak":
      return done(text);
    case "reply":
      return { ...done(text), answers: [text] };
    case "gate":
      return done(what.port, what.port);
    case "flaky":
      return what.failures <= what.retries
        ? done(`${key}${what.failures + 1}`)
        : { ...done(""), ...rescued(node, graph, [key]) };
    case "rounds":
      return runRounds(node, graph, world);
    case "again":
      return runAgain(node, graph, world);
  }
}

/** How a node that failed goes on: by its error port, with its fallback, or not at all. */
function rescued({ key, fallback }: RandomNode, graph: RandomGraph, failed: string[]): Pick<Ran, "fate" | "fatal"> {
  if (graph.edges.some((edge) => edge.from === key && edge.port === "error"))
    return { fate: { port: "error", value: "" }, fatal: [] };
  if (fallback) return { fate: { port: "out", value: `${key} fell back` }, fatal: [] };
  return { fate: { port: "", value: "" }, fatal: failed };
}

function runRound(node: RandomNode, world: World, at: { round: number; locals: Record<string, string> }): NaiveOutcome {
  if (!("body" in node.what)) throw new TypeError(`${node.key} has no body`);
  return runGraph(node.what.body, {
    prefix: `${world.prefix}${node.key}[${at.round}]/`,
    around: new Map([...world.around, ...Object.entries(at.locals)]),
    input: world.input,
  });
}

function resultOf(node: RandomNode, world: World, { fates }: NaiveOutcome, round: number): string {
  if (!("body" in node.what)) return "";
  return fates.get(`${world.prefix}${node.key}[${round}]/${lastOf(node.what.body).key}`)?.value ?? "";
}

function runRounds(node: RandomNode, graph: RandomGraph, world: World): Ran {
  const { what } = node;
  if (what.kind !== "rounds") throw new TypeError(what.kind);
  const ran: Ran = { fate: undefined, fatal: [], fates: new Map(), answers: [] };
  const items: string[] = [];
  for (let round = 0; round < what.items; round++) {
    const one = runRound(node, world, { round, locals: { item: `i${round}`, index: String(round) } });
    if (one.fatal.length > 0 && !what.settle)
      return { ...ran, answers: [], fates: new Map(), ...rescued(node, graph, one.fatal) };
    items.push(one.fatal.length > 0 ? "" : `<${resultOf(node, world, one, round)}>`);
    if (one.fatal.length > 0) continue;
    ran.answers.push(...one.answers);
    for (const [path, fate] of one.fates) ran.fates.set(path, fate);
  }
  return { ...ran, fate: { port: "out", value: items.join(",") } };
}

function runAgain(node: RandomNode, graph: RandomGraph, world: World): Ran {
  const { what } = node;
  if (what.kind !== "again") throw new TypeError(what.kind);
  const ran: Ran = { fate: undefined, fatal: [], fates: new Map(), answers: [] };
  let state = "s";
  for (let round = 0; round < what.times; round++) {
    const one = runRound(node, world, { round, locals: { state, index: String(round) } });
    if (one.fatal.length > 0) return { ...ran, answers: [], fates: new Map(), ...rescued(node, graph, one.fatal) };
    state = `${state}/${resultOf(node, world, one, round)}`;
    ran.answers.push(...one.answers);
    for (const [path, fate] of one.fates) ran.fates.set(path, fate);
  }
  return { ...ran, fate: { port: "out", value: state } };
}
