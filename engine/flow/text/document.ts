import { isMap, isSeq, LineCounter, parseDocument, type Document, type Node, type YAMLMap } from "yaml";
import { problem, type Problem } from "../problem.ts";
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
}

export type TextPath = readonly (string | number)[];

export function parseText(text: string): TextDocument {
  const lines = new LineCounter();
  const yaml = parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false, logLevel: "silent" });
  const problems = yaml.errors.map((error) => {
    const { line, col } = lines.linePos(error.pos[0]);
    return problem("flow.syntax", "error", { line, column: col, detail: error.message }, { line, column: col });
  });
  return {
    text,
    yaml: yaml as Document<Node>,
    root: isMap(yaml.contents) ? yaml.contents : undefined,
    lines,
    problems,
  };
}

/** Line and column (from 1) of the deepest part of a path that the text has. `key` points at the key instead of its value. */
export function placeOf(
  document: TextDocument,
  path: TextPath,
  at: "key" | "value" = "value",
): { line: number; column: number } {
  let node: unknown = document.yaml.contents;
  let offset = (node as Node | null)?.range?.[0] ?? 0;
  for (const [index, step] of path.entries()) {
    const last = index === path.length - 1;
    if (isMap(node)) {
      const pair = pairOf(node, String(step));
      if (!pair) break;
      offset = startOf(last && at === "key" ? pair.key : (pair.value ?? pair.key)) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(step)];
      if (item === undefined) break;
      offset = startOf(item) ?? offset;
      node = item;
    } else break;
  }
  const { line, col } = document.lines.linePos(offset);
  return { line, column: col };
}

const startOf = (node: unknown): number | undefined => (node as Node | null)?.range?.[0];

/** Keys that stand more than once in a map, each with the offset of its second place. */
export function repeatedKeys(map: YAMLMap): { key: string; offset: number }[] {
  const seen = new Set<string>();
  const repeated: { key: string; offset: number }[] = [];
  for (const pair of map.items) {
    const key = keyText(pair);
    if (seen.has(key)) repeated.push({ key, offset: startOf(pair.key) ?? 0 });
    seen.add(key);
  }
  return repeated;
}
