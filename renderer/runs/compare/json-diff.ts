import { diffLines } from "diff";
import type { JsonValue } from "../../../engine/lib/json.ts";

/** A line of two texts side by side; a side that has no such line is null. */
export interface DiffLine {
  kind: "same" | "changed";
  left: string | null;
  right: string | null;
}

const textOf = (value: JsonValue | undefined): string =>
  value === undefined ? "" : `${typeof value === "string" ? value : JSON.stringify(value, null, 2)}\n`;

/** Beyond this many lines a comparison takes longer than it helps: the lines then stand as they are. */
const MOST_LINES = 4_000;

/** Two values as lines of JSON, equal lines beside each other. */
export function jsonDiff(left: JsonValue | undefined, right: JsonValue | undefined): DiffLine[] {
  const [before, after] = [textOf(left), textOf(right)];
  const lines: DiffLine[] = [];
  let removed: string[] = [];
  let added: string[] = [];
  const settle = () => {
    for (let i = 0; i < Math.max(removed.length, added.length); i++) {
      lines.push({ kind: "changed", left: removed[i] ?? null, right: added[i] ?? null });
    }
    removed = [];
    added = [];
  };
  for (const part of differences(before, after)) {
    const texts = part.value.split("\n").slice(0, -1);
    if (part.removed) removed.push(...texts);
    else if (part.added) added.push(...texts);
    else {
      settle();
      lines.push(...texts.map((text): DiffLine => ({ kind: "same", left: text, right: text })));
    }
  }
  settle();
  return lines;
}

function differences(before: string, after: string) {
  if (before.split("\n").length + after.split("\n").length <= MOST_LINES) return diffLines(before, after);
  return [
    { value: before, removed: true, added: false },
    { value: after, removed: false, added: true },
  ];
}
