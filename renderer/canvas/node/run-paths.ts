import type { RunView } from "../../../engine/run/view.ts";

type Parents = Readonly<Record<string, string>>;
/** By the path of a container: the round that is looked at, where someone chose one. */
export type ChosenRounds = Readonly<Record<string, number>>;

/** Where a node's step is in a run: in the chosen round of each container around it, or in the latest. */
export function stepPath(view: RunView, key: string, parents: Parents, chosen: ChosenRounds): string {
  const parent = parents[key];
  if (parent === undefined) return key;
  const outer = stepPath(view, parent, parents, chosen);
  return `${outer}[${shownRound(view, outer, chosen)}]/${key}`;
}

/** The round of the container at a path that is shown, from 0: the chosen one while its steps are at hand, else the latest. */
export function shownRound(view: RunView, path: string, chosen: ChosenRounds): number {
  const rounds = view.rounds[path];
  const asked = chosen[path];
  if (asked !== undefined && rounds?.kept.includes(asked)) return asked;
  return rounds ? Math.max(...rounds.kept, 0) : 0;
}

/** The rounds before and after one whose steps are at hand. */
export function roundsBeside(view: RunView, path: string, round: number): { before?: number; after?: number } {
  const kept = (view.rounds[path]?.kept ?? []).toSorted((a, b) => a - b);
  const before = kept.findLast((one) => one < round);
  const after = kept.find((one) => one > round);
  return { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}
