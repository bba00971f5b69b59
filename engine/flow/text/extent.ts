import { isMap, isScalar, isSeq, type Node, type Pair } from "yaml";

/** Where the colon of a pair stands in the text. */
export function colonOf(text: string, pair: Pair<unknown, unknown>): number {
  const end = (pair.key as Node).range![1];
  return Math.max(text.indexOf(":", end), end);
}

/** Whether a value is written down at all: `key:` alone has none. */
export const isWritten = (node: unknown): node is Node => {
  const range = (node as Node | null)?.range;
  return range !== undefined && range !== null && range[1] > range[0];
};

/** Where the text of a pair ends: comments and line breaks after it don't count. */
export function endOfPair(text: string, pair: Pair<unknown, unknown>): number {
  return isWritten(pair.value) ? endOfNode(text, pair.value) : colonOf(text, pair) + 1;
}

/** Where the text of a value ends. A block text that keeps its trailing lines ends after them. */
export function endOfNode(text: string, node: Node): number {
  if (isMap(node) && !node.flow && node.items.length > 0) return endOfPair(text, node.items.at(-1)!);
  if (isSeq(node) && !node.flow && node.items.length > 0) {
    const last = node.items.at(-1) as Node;
    return endOfNode(text, last);
  }
  const end = node.range![1];
  if (!isScalar(node) || (node.type !== "BLOCK_LITERAL" && node.type !== "BLOCK_FOLDED")) return end;
  if (typeof node.value === "string" && node.value.endsWith("\n\n")) return end;
  let trimmed = end;
  while (trimmed > node.range![0] && /[\n\r]/.test(text[trimmed - 1]!)) trimmed--;
  return trimmed;
}

export const lineStart = (text: string, offset: number): number => text.lastIndexOf("\n", offset - 1) + 1;

/** The beginning of the next line; the offset itself where it begins one. */
export function nextLine(text: string, offset: number): number {
  if (offset > 0 && text[offset - 1] === "\n") return offset;
  const end = text.indexOf("\n", offset);
  return end === -1 ? text.length : end + 1;
}

/** The end of the line, before its line break. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  if (end === -1) return text.length;
  return text[end - 1] === "\r" ? end - 1 : end;
}

/** Whether only white space stands before the offset in its line. */
export const isFirstOnLine = (text: string, offset: number): boolean =>
  text.slice(lineStart(text, offset), offset).trim() === "";

/** Text that takes the place of a value up to an offset: where that was the beginning of a line it stays one. */
export const closed = (text: string, end: number, replacement: string, eol: string): string =>
  text[end - 1] === "\n" ? replacement + eol : replacement;
