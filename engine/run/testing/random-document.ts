import type { Binding, Edge, Flow, FlowNode } from "../../flow/schema.ts";
import type { JsonObject } from "../../lib/json.ts";
import { fieldOf, type RandomGraph, type RandomNode } from "./random-flow.ts";

/** The flow as a document, with the contract's nodes. */
export function documentOf(graph: RandomGraph): Flow {
  const nodes: Record<string, FlowNode> = {};
  const parents: Record<string, string> = {};
  const edges: Edge[] = [];
  const fields = new Map<string, string>();
  const write = ({ nodes: inside, edges: wires }: RandomGraph, parent: string | undefined): void => {
    for (const node of inside) {
      fields.set(node.key, fieldOf(node.what));
      if (parent !== undefined) parents[node.key] = parent;
      if ("body" in node.what) write(node.what.body, node.key);
      nodes[node.key] = documentNode(node, fields);
    }
    edges.push(...wires);
  };
  write(graph, undefined);
  const bindings: Binding[] = [];
  return { name: "random", nodes, parents, edges, bindings, layout: {}, extra: {} };
}

/** What a node of a round gives, between brackets: empty where it was skipped. */
export const lastOf = ({ nodes }: RandomGraph): RandomNode => nodes.at(-1)!;

function documentNode(node: RandomNode, fields: ReadonlyMap<string, string>): FlowNode {
  const { key, what, disabled, joinsAny, fallback, refersTo, locals } = node;
  if (key === "start") return { type: "begin" };
  const slots = [...refersTo.map((other) => `${other}.${fields.get(other)}`), ...locals];
  const text = `${key} (${slots.map((slot) => `{{ ${slot} }}`).join(", ")})`;
  const more = {
    ...(disabled && { disabled }),
    ...(joinsAny && { join: "any" as const }),
    ...(fallback && { fallback: { text: `${key} fell back` } }),
  };
  const written = (type: string, config: JsonObject): FlowNode => ({ type, config, ...more });
  switch (what.kind) {
    case "echo":
    case "compute":
      return written(what.kind, { value: text });
    case "speak":
    case "reply":
      return written(what.kind, { text });
    case "gate":
      return written("gate", { port: what.port, ports: ["left", "right"] });
    case "flaky": {
      const retry = what.retries > 0 ? { retry: { times: what.retries, backoff: 0 } } : {};
      return { ...written("flaky", { failures: what.failures, says: key }), ...retry };
    }
    case "rounds": {
      const items = `[${Array.from({ length: what.items }, (_, item) => `"i${item}"`).join(", ")}]`;
      const { settle, concurrency } = what;
      return written("rounds", { items, settle, concurrency, collect: `<${slotOf(what.body, fields)}>` });
    }
    case "again":
      return written("again", {
        state: "s",
        while: `index < ${what.times}`,
        next: `{{ state }}/${slotOf(what.body, fields)}`,
      });
  }
}

function slotOf(body: RandomGraph, fields: ReadonlyMap<string, string>): string {
  const { key } = lastOf(body);
  return `{{ ${key}.${fields.get(key)} }}`;
}
