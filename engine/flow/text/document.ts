import {
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
  type Scalar,
  type YAMLMap,
} from "yaml";
import type { Problem } from "../problem.ts";
import { syntaxProblems } from "./syntax.ts";
import { keyText, pairOf } from "./yaml-json.ts";

/** The text of a flow file with its YAML tree: what reading starts from, and what writing splices into. JSON is read as YAML. */
export interface TextDocument {
  text: string;
  yaml: Document<Node>;
  /** The whole file as a map; undefined when it is something else. */
  root: YAMLMap | undefined;
  lines: LineCounter;
  /** Syntax errors: the text can't be spliced while there are any. */
  problems: Problem[];
  /** Anchors make parts of it mean more than their own text. */
  shares: boolean;
}

export type TextPath = readonly (string | number)[];

export function parseText(text: string): TextDocument {
  const lines = new LineCounter();
  const yaml = parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false, logLevel: "silent" });
  return {
    text,
    shares: (text.includes("&") || text.includes("!")) && isShared(yaml as Document<Node>),
    yaml: yaml as Document<Node>,
    root: isMap(yaml.contents) ? yaml.contents : undefined,
    lines,
    problems: syntaxProblems(yaml.errors, lines),
  };
}

function isShared(yaml: Document<Node>): boolean {
  let shared = false;
  visit(yaml, {
    Node(_, node) {
      if (!(node as { anchor?: string }).anchor && !node.tag) return undefined;
      shared = true;
      return visit.BREAK;
    },
  });
  return shared;
}

/** The deepest part of a path that the text has: its node, and where it begins. `key` points at the key instead of the value. */
function walkTo(document: TextDocument, path: TextPath, at: "key" | "value"): { node: unknown; offset: number } {
  let node: unknown = document.yaml.contents;
  let offset = startOf(node) ?? 0;
  for (const [index, step] of path.entries()) {
    const last = index === path.length - 1;
    if (isMap(node)) {
      const pair = pairOf(node, String(step));
      if (!pair) return { node: undefined, offset };
      offset = startOf(last && at === "key" ? pair.key : (pair.value ?? pair.key)) ?? offset;
      node = pair.value;
    } else {
      const item: unknown = isSeq(node) ? node.items[Number(step)] : undefined;
      if (item === undefined) return { node: undefined, offset };
      offset = startOf(item) ?? offset;
      node = item;
    }
  }
  return { node, offset };
}

/** Line and column (from 1) of the deepest part of a path that the text has. `key` points at the key instead of its value. */
export function placeOf(
  document: TextDocument,
  path: TextPath,
  at: "key" | "value" = "value",
): { line: number; column: number } {
  const { line, col } = document.lines.linePos(walkTo(document, path, at).offset);
  return { line, column: col };
}

/** Line and column of a character of a text value. */
export function placeInText(document: TextDocument, path: TextPath, offset: number): { line: number; column: number } {
  const place = placeOf(document, path);
  const { node } = walkTo(document, path, "value");
  if (!isScalar(node) || typeof node.value !== "string" || !node.range) return place;
  if (node.type === "BLOCK_LITERAL") return placeInBlock(document, node as Scalar.Parsed, offset);
  const written = document.text.slice(node.range[0], node.range[1]);
  if (written.includes("\n")) return place;
  const quote = node.type === "PLAIN" ? 0 : 1;
  return { line: place.line, column: place.column + Math.min(quote + offset, written.length) };
}

/** A block text begins on the line after its `|`; every line of it is indented alike. */
function placeInBlock(
  { text, lines }: TextDocument,
  node: Scalar.Parsed,
  offset: number,
): { line: number; column: number } {
  const before = String(node.value).slice(0, offset).split("\n");
  const first = text.indexOf("\n", node.range[0]) + 1;
  const indent = /^ */.exec(text.slice(first))![0].length;
  return { line: lines.linePos(first).line + before.length - 1, column: indent + before.at(-1)!.length + 1 };
}

const startOf = (node: unknown): number | undefined => (node as Node | null)?.range?.[0];

/** Keys that stand more than once in a map or in the maps inside it, each with the offset of its second place. */
export function repeatedKeys(map: YAMLMap): { key: string; offset: number }[] {
  const seen = new Set<string>();
  return map.items.flatMap((pair) => {
    const key = keyText(pair);
    const again = seen.has(key) ? [{ key, offset: startOf(pair.key) ?? 0 }] : [];
    seen.add(key);
    return [...again, ...repeatedInside(pair.value)];
  });
}

function repeatedInside(node: unknown): { key: string; offset: number }[] {
  if (isMap(node)) return repeatedKeys(node);
  return isSeq(node) ? node.items.flatMap(repeatedInside) : [];
}
