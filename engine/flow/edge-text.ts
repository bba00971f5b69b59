import { bindingId, DEFAULT_PORT, EDGE_PATTERN, edgeId, type Binding, type Edge } from "./schema.ts";

/** `from.port -> to` as an edge; undefined where the text isn't one. */
export function parseEdge(text: string): Edge | undefined {
  const match = EDGE_PATTERN.exec(text);
  if (!match || match[4] !== undefined) return undefined;
  return { from: match[1]!, port: match[2] ?? DEFAULT_PORT, to: match[3]! };
}

/** `from -> to.slot` as a binding; undefined where the text isn't one. */
export function parseBinding(text: string): Binding | undefined {
  const match = EDGE_PATTERN.exec(text);
  if (!match || match[2] !== undefined || match[4] === undefined) return undefined;
  return { from: match[1]!, to: match[3]!, slot: match[4] };
}

export function edgeText(edge: Edge): string {
  return edge.port === DEFAULT_PORT ? `${edge.from} -> ${edge.to}` : `${edge.from}.${edge.port} -> ${edge.to}`;
}

export const bindingText = (binding: Binding): string => `${binding.from} -> ${binding.to}.${binding.slot}`;

/** What edges and bindings have in common for reading and writing lists of them. */
export interface WireKind<Wire> {
  list: "edges" | "bindings";
  parse(text: string): Wire | undefined;
  format(wire: Wire): string;
  id(wire: Wire): string;
}

export const EDGES: WireKind<Edge> = { list: "edges", parse: parseEdge, format: edgeText, id: edgeId };
export const BINDINGS: WireKind<Binding> = {
  list: "bindings",
  parse: parseBinding,
  format: bindingText,
  id: bindingId,
};
