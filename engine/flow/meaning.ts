import type { JsonObject } from "../lib/json.ts";
import { levelsOf, type Level } from "./bodies.ts";
import { bindingText, edgeText } from "./edge-text.ts";
import { FLOW_VERSION, type Flow, type FlowNode } from "./schema.ts";

/** The whole flow as the JSON that a file holds, keys in the file's usual order and bodies in their containers. */
export function flowToJson(flow: Flow): JsonObject {
  return {
    heddle: FLOW_VERSION,
    name: flow.name,
    ...(flow.description !== undefined && { description: flow.description }),
    ...flow.extra,
    ...new Nesting(flow, { edges: (list) => list, node: (node) => node as JsonObject }).level(undefined),
    ...(Object.keys(flow.layout).length > 0 && { layout: flow.layout as unknown as JsonObject }),
  };
}

/**
 * What a flow means and nothing else: no positions, no notes on nodes, connections in one order whatever their order in the file. Two
 * files with the same meaning give the same value; its canonical JSON is what a bundle hashes.
 */
export function flowMeaning(flow: Flow): JsonObject {
  const nesting = new Nesting(flow, {
    edges: (list) => list.toSorted(),
    node: ({ note: _note, ...node }) => node as JsonObject,
  });
  const { layout: _, ...meaning } = flowToJson({
    ...flow,
    nodes: {},
    parents: {},
    edges: [],
    bindings: [],
    layout: {},
  });
  return { ...meaning, bindings: [], ...nesting.level(undefined) };
}

interface Form {
  edges(texts: string[]): string[];
  node(node: FlowNode): JsonObject;
}

/** Writes levels into each other. */
class Nesting {
  private readonly flow: Flow;
  private readonly form: Form;
  private readonly levels: ReadonlyMap<string | undefined, Level>;

  constructor(flow: Flow, form: Form) {
    this.flow = flow;
    this.form = form;
    this.levels = levelsOf(flow);
  }

  level(parent: string | undefined): JsonObject {
    const { nodes, edges, bindings } = this.levels.get(parent)!;
    return {
      nodes: Object.fromEntries(nodes.map((key) => [key, this.node(key)])),
      edges: this.form.edges(edges.map(edgeText)),
      ...(bindings.length > 0 && { bindings: this.form.edges(bindings.map(bindingText)) }),
    };
  }

  private node(key: string): JsonObject {
    const node = this.form.node(this.flow.nodes[key]!);
    return this.levels.has(key) ? { ...node, body: this.level(key) } : node;
  }
}
