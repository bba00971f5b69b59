import type { JsonObject, JsonValue } from "../lib/json.ts";
import { isJsonObject } from "../lib/json.ts";
import { BINDINGS, EDGES, type WireKind } from "./edge-text.ts";
import { problem, type Problem } from "./problem.ts";
import { readNode } from "./read-node.ts";
import type { Binding, Edge, FlowNode } from "./schema.ts";

/** A problem of the text and where it stands, as a path from what was read. */
export interface Found {
  problem: Problem;
  path: (string | number)[];
  at: "key" | "value";
}

/** A node as the file holds it: with its body inside. */
export interface NodeTree {
  key: string;
  node: FlowNode;
  body?: BodyTree;
  found: Found[];
}

/** A line of a list of wires that could be read. */
export interface WireLine<Wire> {
  wire: Wire;
  text: string;
  path: (string | number)[];
}

/** What a level of the file holds: nodes with their bodies inside, and its wires. */
export interface BodyTree {
  nodes: NodeTree[];
  edges: WireLine<Edge>[];
  bindings: WireLine<Binding>[];
  found: Found[];
}

const BODY_KEYS = new Set(["nodes", "edges", "bindings"]);

/** Reads a node with its body. Bodies are read to any depth: a file is only as deep as its text. */
export function readNodeTree(key: string, value: JsonValue): NodeTree {
  const found: Found[] = [];
  const own = isJsonObject(value) && Object.hasOwn(value, "body") ? withoutBody(value) : value;
  const node = readNode(key, own, (issue, path) =>
    found.push({ problem: issue, path, at: path.length === 0 ? "key" : "value" }),
  );
  const written = isJsonObject(value) && Object.hasOwn(value, "body") ? value["body"]! : null;
  if (written === null) return { key, node, found };
  if (isJsonObject(written)) return { key, node, body: readBody(written), found };
  found.push({
    problem: problem("flow.node-body", "error", { node: key }, { node: key }),
    path: ["body"],
    at: "value",
  });
  return { key, node, found };
}

function withoutBody({ body: _, ...rest }: JsonObject): JsonObject {
  return rest;
}

function readBody(body: JsonObject): BodyTree {
  const found: Found[] = [];
  const nodes: NodeTree[] = [];
  const entries = body["nodes"] ?? null;
  if (isJsonObject(entries)) for (const [key, value] of Object.entries(entries)) nodes.push(readNodeTree(key, value));
  else if (entries !== null) found.push(wrongForm("flow.not-a-map", "nodes"));
  for (const key of Object.keys(body)) {
    if (BODY_KEYS.has(key)) continue;
    found.push({ problem: problem("flow.body-unknown-key", "warning", { key }), path: [key], at: "key" });
  }
  const edges = readWires(EDGES, body["edges"] ?? null);
  const bindings = readWires(BINDINGS, body["bindings"] ?? null);
  return { nodes, edges: edges.wires, bindings: bindings.wires, found: [...found, ...edges.found, ...bindings.found] };
}

function wrongForm(code: "flow.not-a-map" | "flow.not-a-list", key: string): Found {
  return { problem: problem(code, "error", { key }), path: [key], at: "value" };
}

/** Reads a list of edges or bindings, as the file's value of the key. */
export function readWires<Wire>(kind: WireKind<Wire>, list: JsonValue): { wires: WireLine<Wire>[]; found: Found[] } {
  if (list === null) return { wires: [], found: [] };
  if (!Array.isArray(list)) return { wires: [], found: [wrongForm("flow.not-a-list", kind.list)] };
  const wires: WireLine<Wire>[] = [];
  const found: Found[] = [];
  for (const [index, item] of list.entries()) {
    const wire = typeof item === "string" ? kind.parse(item) : undefined;
    const path = [kind.list, index];
    if (wire) {
      wires.push({ wire, text: item as string, path });
      continue;
    }
    const text = typeof item === "string" ? item : JSON.stringify(item);
    const code = kind.list === "edges" ? "flow.bad-edge" : "flow.bad-binding";
    found.push({ problem: problem(code, "error", { text }), path, at: "value" });
  }
  return { wires, found };
}
