import { NODE_KEY_PATTERN } from "../lib/ids.ts";

/** Words that look like keys but that an expression or an object would take for something else. */
const RESERVED = new Set(
  (
    "true false null in as break const continue else for function if import let loop package namespace return var void while " +
    "prototype constructor __proto__ has secrets vars item index state"
  ).split(" "),
);

/** Whether a step may have this key: lower-case letters, digits and `_`, and no reserved word. */
export const isNodeKey = (text: string): boolean => NODE_KEY_PATTERN.test(text) && !RESERVED.has(text);

/** A key made from any text (a type, a title) that no step has yet: `llm`, `llm_2`. */
export function freeKey(wanted: string, taken: Readonly<Record<string, unknown>>): string {
  const slug = wanted
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[_\d]+|_+$/g, "")
    .slice(0, 48);
  const base = isNodeKey(slug) ? slug : slug === "" ? "step" : `${slug}_step`;
  if (!Object.hasOwn(taken, base)) return base;
  for (let count = 2; ; count++) {
    const key = `${base}_${count}`;
    if (!Object.hasOwn(taken, key)) return key;
  }
}
