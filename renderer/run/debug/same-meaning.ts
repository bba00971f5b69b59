import type { Flow } from "../../../engine/flow/index.ts";

const meaning = ({ nodes, parents, edges, bindings }: Flow): string =>
  JSON.stringify([nodes, parents, edges, bindings]);

/** Whether two flows do the same: where their boxes stand and what they are called doesn't count. */
export function sameMeaning(a: Flow, b: Flow): boolean {
  if (a.nodes === b.nodes && a.edges === b.edges && a.bindings === b.bindings && a.parents === b.parents) return true;
  return meaning(a) === meaning(b);
}
