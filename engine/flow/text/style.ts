import { isMap, isScalar, isSeq, type Node, type YAMLMap } from "yaml";
import type { TextDocument } from "./document.ts";
import { pairOf } from "./yaml-json.ts";

/** How a file is written, so that what is added looks the same. */
export interface TextStyle {
  /** The whole file is JSON: keys and texts in double quotes, everything in braces. */
  json: boolean;
  eol: "\n" | "\r\n";
  /** Spaces a level. */
  indent: number;
  /** The white space of one level where everything is in braces. */
  pad: string;
  /** Whether the dashes of a list stand deeper than its key. */
  indentLists: boolean;
}

export function styleOf({ text, root, lines }: TextDocument): TextStyle {
  const column = (offset: number): number => lines.linePos(offset).col - 1;
  const nodes = root && pairOf(root, "nodes")?.value;
  const level = isMap(nodes) && !nodes.flow ? column(startOf(nodes.items[0]?.key)) : 2;
  const list = root && blockList(root);
  const json = root?.flow === true && isScalar(root.items[0]?.key) && root.items[0].key.type === "QUOTE_DOUBLE";
  return {
    json,
    eol: text.includes("\r\n") ? "\r\n" : "\n",
    pad: root ? leadingSpace(text, startOf(root.items[0]?.key)) || "  " : "  ",
    indent: level > 0 && level <= 8 ? level : 2,
    indentLists: list === undefined || column(list.range![0]) > 0,
  };
}

function blockList(root: YAMLMap): Node | undefined {
  for (const key of ["edges", "bindings"]) {
    const list = pairOf(root, key)?.value;
    if (isSeq(list) && !list.flow && list.items.length > 0) return list;
  }
  return undefined;
}

/** The white space between the beginning of a line and what stands first on it; empty where it doesn't stand first. */
export function leadingSpace(text: string, offset: number): string {
  const before = text.slice(text.lastIndexOf("\n", offset - 1) + 1, offset);
  return before.trim() === "" ? before : "";
}

export const startOf = (node: unknown): number => (node as Node | null | undefined)?.range?.[0] ?? 0;
