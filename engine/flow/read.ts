import { isMap, type YAMLMap } from "yaml";
import type { JsonObject, JsonValue } from "../lib/json.ts";
import { suggest } from "../lib/suggest.ts";
import { assemble, type Assembled, type Substitute } from "./assemble.ts";
import { BINDINGS, EDGES } from "./edge-text.ts";
import { freeKey, isNodeKey } from "./keys.ts";
import { problem, type Problem } from "./problem.ts";
import { nodePath } from "./place-problems.ts";
import { readNodeTree, readWires, type BodyTree, type NodeTree } from "./read-tree.ts";
import { FLOW_VERSION, type Flow, type Position } from "./schema.ts";
import { parseText, placeOf, repeatedKeys, type TextDocument, type TextPath } from "./text/document.ts";
import { reparse } from "./text/reparse.ts";
import { JsonReader, keyText, pairOf } from "./text/yaml-json.ts";

/**
 * A flow with the text it was read from. `readOnly` says why the file must not be written at all. `problems` are those of the text;
 * analyzeFlow adds those of the meaning.
 */
export interface FlowSource {
  text: string;
  flow: Flow;
  problems: readonly Problem[];
  readOnly?: "newer-version";
  /** Nodes whose key stands in the text a second time, by the key that they have in `flow`. */
  substitutes: ReadonlyMap<string, Substitute>;
  /** What the text says, level by level. */
  tree: BodyTree;
  /** The YAML tree of the text: for writeFlow and for line numbers. */
  document: TextDocument;
}

const KNOWN_KEYS = new Set(["heddle", "name", "description", "nodes", "edges", "bindings", "layout"]);

/**
 * Reads a flow file, YAML or JSON. Never throws: what can be understood is in `flow`, what can't is in `problems`, with its place. With
 * what was read `before` of a text that differs in one node only, nothing else is read anew, and what didn't change stays the same object.
 */
export function readFlow(text: string, before?: FlowSource): FlowSource {
  return (before && readAgain(text, before)) ?? new Reader(parseText(text)).read();
}

/** Reads a text in which one entry changed; undefined where more did, or where there are problems whose place that could change. */
function readAgain(text: string, before: FlowSource): FlowSource | undefined {
  if (text === before.text) return before;
  if (before.readOnly || before.substitutes.size > 0) return undefined;
  const changed = reparse(before.document, text);
  if (!changed) return undefined;
  const { document, section, key, value, lines } = changed;
  const { first, last, more } = lines;
  if (before.problems.some(({ line }) => line === undefined || (line >= first && line <= last))) return undefined;
  if (isMap(value) && repeatedKeys(value).length > 0) return undefined;
  const problems = before.problems.map((found) =>
    found.line! > last ? { ...found, line: found.line! + more } : found,
  );
  const json = new JsonReader(document.yaml).read(value);
  const again = { ...before, text, document, problems };
  if (section === "layout") {
    if (!isPosition(json)) return undefined;
    return { ...again, flow: { ...before.flow, layout: { ...before.flow.layout, [key]: json } } };
  }
  const at = before.tree.nodes.findIndex((node) => node.key === key);
  const node = readNodeTree(key, json);
  const tree = { ...before.tree, nodes: before.tree.nodes.with(at, node) };
  if (node.found.length > 0) return undefined;
  if (!node.body && !before.tree.nodes[at]!.body)
    return { ...again, tree, flow: { ...before.flow, nodes: { ...before.flow.nodes, [key]: node.node } } };
  const { nodes, parents, edges, bindings, found, substitutes } = assemble(tree);
  if (found.length > 0 || substitutes.size > 0 || Object.keys(nodes).some((inner) => !isNodeKey(inner)))
    return undefined;
  return { ...again, tree, flow: { ...before.flow, nodes, parents, edges, bindings } };
}

class Reader {
  private readonly problems: Problem[];
  private readonly root: YAMLMap | undefined;
  private readonly document: TextDocument;
  private readonly reader: JsonReader;

  constructor(document: TextDocument) {
    this.document = document;
    this.root = document.root;
    this.reader = new JsonReader(document.yaml);
    this.problems = [...document.problems];
  }

  read(): FlowSource {
    const { text } = this.document;
    const broken = this.problems.length > 0;
    const newer = this.readVersion();
    const isFlow = this.isFlow();
    if (!isFlow && !broken) this.report(problem("flow.not-a-flow", "error", {}), []);
    if (this.root) this.reportRepeated(this.root);
    const name = this.readText("name") ?? "";
    const description = this.readText("description");
    const tree = this.readTree();
    const { nodes, parents, edges, bindings, substitutes } = this.readLevels(tree);
    const flow: Flow = {
      name,
      ...optional("description", description),
      nodes,
      parents,
      edges,
      bindings,
      layout: this.readLayout(),
      extra: this.readExtra(),
    };
    if (this.reader.exhausted) this.report(problem("flow.too-many-aliases", "error", {}), []);
    const noName =
      flow.name === "" &&
      !this.problems.some(({ params, code }) => code === "flow.not-text" && params["key"] === "name");
    if (this.root && noName) this.report(problem("flow.no-name", "warning", {}), ["name"]);
    // Behind a syntax error everything looks wrong, and so it does in a file that is none: that alone is worth telling.
    const problems = broken
      ? this.document.problems
      : this.problems.filter(({ code }) => isFlow || code === "flow.not-a-flow");
    const readOnly = newer && { readOnly: "newer-version" as const };
    return { text, flow, problems, ...readOnly, substitutes, tree, document: this.document };
  }

  /** Whether there is anything in it that only a flow has. */
  private isFlow(): boolean {
    return this.root !== undefined && ["heddle", "name", "nodes"].some((key) => pairOf(this.root!, key));
  }

  private report(found: Problem, path: TextPath, at: "key" | "value" = "value"): void {
    this.problems.push({ ...placeOf(this.document, path, at), ...found });
  }

  private json(node: unknown): JsonValue {
    return this.reader.read(node);
  }

  private value(key: string): unknown {
    return this.root && pairOf(this.root, key)?.value;
  }

  /** True when the file is of a newer version. */
  private readVersion(): boolean {
    if (!this.root) return false;
    const version = this.json(this.value("heddle") ?? null);
    if (version === FLOW_VERSION) return false;
    const newer = typeof version === "number" && version > FLOW_VERSION;
    if (newer) this.report(problem("flow.newer-version", "warning", { version, known: FLOW_VERSION }), ["heddle"]);
    else this.report(problem("flow.no-version", "error", { known: FLOW_VERSION }), ["heddle"]);
    return newer;
  }

  private readText(key: string): string | undefined {
    const value = this.json(this.value(key) ?? null);
    if (value === null) return undefined;
    if (typeof value === "string") return value;
    if (typeof value !== "object") return String(value);
    this.report(problem("flow.not-text", "error", { key }), [key]);
    return undefined;
  }

  /** The map below a top-level key. */
  private section(key: string): YAMLMap | undefined {
    const node = this.value(key);
    if (isMap(node)) return node;
    if (this.json(node ?? null) !== null) this.report(problem("flow.not-a-map", "error", { key }), [key]);
    return undefined;
  }

  private reportRepeated(map: YAMLMap): void {
    for (const { key, offset } of repeatedKeys(map)) {
      const { line, col } = this.document.lines.linePos(offset);
      this.report(problem("flow.repeated-key", "error", { key }, { line, column: col }), []);
    }
  }

  /** The levels of the file: its own nodes and wires, with the bodies inside. */
  private readTree(): BodyTree {
    const nodes: NodeTree[] = [];
    const seen = new Set<string>();
    for (const pair of this.section("nodes")?.items ?? []) {
      const key = keyText(pair);
      if (key === "__proto__" || seen.has(key)) continue;
      seen.add(key);
      nodes.push(readNodeTree(key, this.json(pair.value)));
    }
    const edges = readWires(EDGES, this.json(this.value("edges") ?? null));
    const bindings = readWires(BINDINGS, this.json(this.value("bindings") ?? null));
    return { nodes, edges: edges.wires, bindings: bindings.wires, found: [...edges.found, ...bindings.found] };
  }

  private readLevels(tree: BodyTree): Assembled {
    const assembled = assemble(tree);
    for (const { problem: found, path, at } of assembled.found) this.report(found, path, at);
    for (const key of Object.keys(assembled.nodes)) if (!isNodeKey(key)) this.reportBadKey(key, assembled);
    return assembled;
  }

  private reportBadKey(key: string, { nodes, parents }: Assembled): void {
    const better = freeKey(key, nodes);
    const fix = {
      label: "fix.rename",
      params: { to: better },
      command: { do: "node.rename", from: key, to: better },
    } as const;
    const path = nodePath(key, parents);
    this.report(problem("flow.bad-key", "error", { key, better }, { node: key, fixes: [fix] }), path, "key");
  }

  private readLayout(): Record<string, Position> {
    const layout: Record<string, Position> = {};
    for (const pair of this.section("layout")?.items ?? []) {
      const key = keyText(pair);
      if (key === "__proto__" || Object.hasOwn(layout, key)) continue;
      const value = this.json(pair.value);
      if (isPosition(value)) layout[key] = value;
      else this.report(problem("flow.bad-position", "warning", { node: key }, { node: key }), ["layout", key]);
    }
    return layout;
  }

  private readExtra(): JsonObject {
    const extra: JsonObject = {};
    for (const pair of this.root?.items ?? []) {
      const key = keyText(pair);
      if (KNOWN_KEYS.has(key) || key === "__proto__" || Object.hasOwn(extra, key)) continue;
      extra[key] = this.json(pair.value);
      const near = suggest(
        key,
        [...KNOWN_KEYS].filter((known) => !pairOf(this.root!, known)),
      );
      const found = near
        ? problem("flow.unknown-key-near", "warning", { key, near })
        : problem("flow.unknown-key", "warning", { key });
      this.report(found, [key], "key");
    }
    return extra;
  }
}

function isPosition(value: JsonValue): value is Position {
  return Array.isArray(value) && value.length === 2 && value.every((part) => typeof part === "number");
}

function optional<Key extends string, Value>(key: Key, value: Value | undefined): { [K in Key]?: Value } {
  return value === undefined ? {} : ({ [key]: value } as { [K in Key]?: Value });
}
