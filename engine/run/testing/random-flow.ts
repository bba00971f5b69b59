import fc from "fast-check";
import type { Edge } from "../../flow/schema.ts";

/** What a random node does. */
export type Kind =
  | { kind: "echo" | "compute" | "speak" | "reply" }
  | { kind: "gate"; port: "left" | "right" }
  | { kind: "flaky"; failures: number; retries: number }
  | { kind: "rounds"; items: number; settle: boolean; concurrency: number; body: RandomGraph }
  | { kind: "again"; times: number; body: RandomGraph };

export interface RandomNode {
  key: string;
  what: Kind;
  disabled: boolean;
  joinsAny: boolean;
  fallback: boolean;
  /** Earlier nodes, in its own body or around it, that its text refers to. */
  refersTo: string[];
  /** Names of the containers around it that its text refers to. */
  locals: string[];
}

/** Nodes in an order in which every edge leads on, by any of the ports. */
export interface RandomGraph {
  nodes: RandomNode[];
  edges: Edge[];
}

/** The output field that references to the node use. */
export const fieldOf = ({ kind }: Kind): string =>
  kind === "gate" ? "port" : kind === "echo" || kind === "compute" ? "value" : "text";

export const canFail = ({ kind }: Kind): boolean => ["flaky", "rounds", "again"].includes(kind);

const portsOf = (what: Kind): string[] => {
  if (what.kind === "gate") return ["left", "right"];
  return canFail(what) ? ["out", "out", "error"] : ["out"];
};

/** What there is to be rolled for a flow: as many numbers as it needs. */
type Roll = (sides: number) => number;

interface Around {
  /** Nodes around the body that may be referred to. */
  above: readonly string[];
  locals: readonly string[];
  depth: number;
  joins: boolean;
}

const SIMPLE = ["echo", "compute", "speak", "reply"] as const;

/** Flows without circles, up to three bodies deep. */
export const randomFlow: fc.Arbitrary<RandomGraph> = flows(false);
/** The same with nodes that run at the first of their edges: which one that is depends on the order of completions. */
export const randomJoiningFlow: fc.Arbitrary<RandomGraph> = flows(true);

function flows(joins: boolean): fc.Arbitrary<RandomGraph> {
  return fc.tuple(fc.integer({ min: 1, max: 9 }), fc.infiniteStream(fc.nat(999))).map(([size, dice]) => {
    const roll: Roll = (sides) => Number(dice.next().value) % sides;
    const start: RandomNode = { ...plain("start"), what: { kind: "compute" } };
    return growGraph(roll, { size, first: start, prefix: "n", around: { above: [], locals: [], depth: 0, joins } });
  });
}

const plain = (key: string) => ({ key, disabled: false, joinsAny: false, fallback: false, refersTo: [], locals: [] });

function growGraph(
  roll: Roll,
  { size, first, prefix, around }: { size: number; first?: RandomNode; prefix: string; around: Around },
): RandomGraph {
  const nodes = first ? [first] : [];
  const edges: Edge[] = [];
  const ancestors = new Map<string, Set<string>>(nodes.map(({ key }) => [key, new Set()]));
  for (let index = 0; index < size; index++) {
    const key = `${prefix}${index}`;
    const above = new Set<string>();
    // In a body some nodes begin the round.
    const entries = nodes.length === 0 || (!first && roll(3) === 0) ? 0 : 1 + roll(3);
    for (let count = 0; count < entries; count++) {
      const from = nodes[roll(nodes.length)]!;
      const ports = portsOf(from.what);
      const edge = { from: from.key, port: ports[roll(ports.length)]!, to: key };
      if (edges.some((other) => other.from === edge.from && other.port === edge.port && other.to === key)) continue;
      edges.push(edge);
      for (const ancestor of [from.key, ...ancestors.get(from.key)!]) above.add(ancestor);
    }
    ancestors.set(key, above);
    const known = [...around.above, ...above];
    const what = kindOf(roll, { prefix: `${key}_`, around: { ...around, above: known, depth: around.depth + 1 } });
    nodes.push({
      key,
      what,
      disabled: roll(10) === 0,
      joinsAny: around.joins && roll(2) === 0,
      fallback: canFail(what) && roll(2) === 0,
      refersTo: known.filter(() => roll(3) === 0),
      locals: around.locals.filter(() => roll(2) === 0),
    });
  }
  return { nodes, edges };
}

function kindOf(roll: Roll, { prefix, around }: { prefix: string; around: Around }): Kind {
  const dice = roll(12);
  if (dice < 6) return { kind: SIMPLE[dice % 4]! };
  if (dice < 8) return { kind: "gate", port: roll(2) === 0 ? "left" : "right" };
  if (dice < 10 || around.depth > 3) return { kind: "flaky", failures: roll(3), retries: roll(3) };
  const size = 1 + roll(4);
  if (dice === 10) {
    const body = growGraph(roll, { size, prefix, around: { ...around, locals: ["item", "index"] } });
    return { kind: "rounds", items: roll(4), settle: roll(2) === 0, concurrency: 1 + roll(3), body };
  }
  const body = growGraph(roll, { size, prefix, around: { ...around, locals: ["state", "index"] } });
  return { kind: "again", times: roll(4), body };
}
