import fc from "fast-check";
import type { Edge, Flow, FlowNode } from "../../flow/schema.ts";

/** What a random node does. */
type Kind =
  | { kind: "echo" }
  | { kind: "compute" }
  | { kind: "speak" }
  | { kind: "reply" }
  | { kind: "gate"; port: "left" | "right" }
  | { kind: "flaky"; failures: number; retries: number; rescue: "none" | "fallback" };

export interface RandomNode {
  key: string;
  what: Kind;
  disabled: boolean;
  /** Earlier nodes that its text refers to: a part of its ancestors. */
  refersTo: string[];
}

export interface RandomFlow {
  nodes: RandomNode[];
  edges: Edge[];
}

const kind: fc.Arbitrary<Kind> = fc.oneof(
  { weight: 4, arbitrary: fc.constant<Kind>({ kind: "echo" }) },
  { weight: 2, arbitrary: fc.constant<Kind>({ kind: "compute" }) },
  { weight: 3, arbitrary: fc.constantFrom<Kind>({ kind: "speak" }, { kind: "reply" }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant("gate" as const), port: fc.constantFrom("left", "right") }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant("flaky" as const),
      failures: fc.nat(2),
      retries: fc.nat(2),
      rescue: fc.constantFrom("none", "fallback", "fallback"),
    }),
  },
);

/** The output field that references to the node use. */
export const fieldOf = ({ what }: Pick<RandomNode, "what">): string =>
  what.kind === "gate" ? "port" : ["flaky", "speak", "reply"].includes(what.kind) ? "text" : "value";

const portsOf = ({ what }: RandomNode): string[] => {
  if (what.kind === "gate") return ["left", "right", "error"];
  return what.kind === "flaky" ? ["out", "error"] : ["out"];
};

/** Flows without circles: every edge goes from an earlier node to a later one, by any of its ports. */
export const randomFlow: fc.Arbitrary<RandomFlow> = fc
  .tuple(
    fc.array(fc.record({ what: kind, disabled: fc.nat(9) }), { minLength: 1, maxLength: 12 }),
    fc.infiniteStream(fc.nat(999)),
  )
  .map(([drafts, dice]) => {
    const roll = (sides: number): number => Number(dice.next().value) % sides;
    const start: RandomNode = { key: "start", what: { kind: "compute" }, disabled: false, refersTo: [] };
    const nodes = [start];
    const edges: Edge[] = [];
    const ancestors = new Map<string, Set<string>>([["start", new Set()]]);
    drafts.forEach(({ what, disabled }, index) => {
      const key = `n${String(index).padStart(2, "0")}`;
      const above = new Set<string>();
      for (let count = 1 + roll(3); count > 0; count--) {
        const from = nodes[roll(nodes.length)]!;
        const ports = portsOf(from);
        const edge = { from: from.key, port: ports[roll(ports.length)]!, to: key };
        if (edges.some((other) => other.from === edge.from && other.port === edge.port && other.to === key)) continue;
        edges.push(edge);
        for (const ancestor of [from.key, ...ancestors.get(from.key)!]) above.add(ancestor);
      }
      ancestors.set(key, above);
      const refersTo = [...above].filter(() => roll(2) === 0);
      nodes.push({ key, what, disabled: disabled === 0, refersTo });
    });
    return { nodes, edges };
  });

/** The flow as a document, with the contract's nodes. */
export function documentOf({ nodes, edges }: RandomFlow): Flow {
  const fields = new Map(nodes.map((node) => [node.key, fieldOf(node)]));
  const written = nodes.map((node) => [node.key, documentNode(node, fields)] as const);
  return {
    name: "random",
    nodes: Object.fromEntries(written),
    edges,
    bindings: [],
    parents: {},
    layout: {},
    extra: {},
  };
}

function documentNode({ key, what, disabled, refersTo }: RandomNode, fields: ReadonlyMap<string, string>): FlowNode {
  if (key === "start") return { type: "begin" };
  const text = `${key} (${refersTo.map((other) => `{{ ${other}.${fields.get(other)} }}`).join(", ")})`;
  const off = disabled ? { disabled } : {};
  switch (what.kind) {
    case "echo":
    case "compute":
      return { type: what.kind, config: { value: text }, ...off };
    case "speak":
    case "reply":
      return { type: what.kind, config: { text }, ...off };
    case "gate":
      return { type: "gate", config: { port: what.port, ports: ["left", "right"] }, ...off };
    case "flaky": {
      const retry = what.retries > 0 ? { retry: { times: what.retries, backoff: 0 } } : {};
      const fallback = what.rescue === "fallback" ? { fallback: { text: `${key} fell back` } } : {};
      return { type: "flaky", config: { failures: what.failures, says: key }, ...retry, ...fallback, ...off };
    }
  }
}
