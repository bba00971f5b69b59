import type { JsonObject } from "../lib/json.ts";
import { bindingText, edgeText } from "./edge-text.ts";
import { FLOW_VERSION, type Flow } from "./schema.ts";

/** The whole flow as the JSON that a file holds, keys in the file's usual order. */
export function flowToJson(flow: Flow): JsonObject {
  return {
    heddle: FLOW_VERSION,
    name: flow.name,
    ...(flow.description !== undefined && { description: flow.description }),
    ...flow.extra,
    nodes: flow.nodes as JsonObject,
    edges: flow.edges.map(edgeText),
    ...(flow.bindings.length > 0 && { bindings: flow.bindings.map(bindingText) }),
    ...(Object.keys(flow.layout).length > 0 && { layout: flow.layout as unknown as JsonObject }),
  };
}

/**
 * What a flow means and nothing else: no positions, no notes on nodes, connections in one order whatever their order in the file. Two
 * files with the same meaning give the same value; its canonical JSON is what a bundle hashes.
 */
export function flowMeaning(flow: Flow): JsonObject {
  const { layout: _, ...meaning } = flowToJson({ ...flow, layout: {} });
  const nodes = Object.entries(flow.nodes).map(([key, { note: _note, ...node }]) => [key, node]);
  return {
    ...meaning,
    nodes: Object.fromEntries(nodes) as JsonObject,
    edges: flow.edges.map(edgeText).toSorted(),
    bindings: flow.bindings.map(bindingText).toSorted(),
  };
}
