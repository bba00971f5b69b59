/** Where a step is in the run: `each_order[3]/charge` is the node `charge` in the fourth round of the container `each_order`. */

const ROUND = /^(.+)\[(\d+)\]$/;

/** A round that a path goes through. */
export interface PathRound {
  /** Path of the container's step. */
  container: string;
  /** Path of the round: the container's with `[n]`. */
  path: string;
  index: number;
}

/** The rounds around a step, the outermost first. */
export function roundsOf(path: string): PathRound[] {
  const rounds: PathRound[] = [];
  for (let slash = path.indexOf("/"); slash !== -1; slash = path.indexOf("/", slash + 1)) {
    const around = path.slice(0, slash);
    const match = around.endsWith("]") ? ROUND.exec(around) : null;
    if (match) rounds.push({ container: match[1]!, path: around, index: Number(match[2]) });
  }
  return rounds;
}

/** The path of the node that a step belongs to: of `each_order[3]/agent/model 1` it is `each_order[3]/agent`. Keys are unique, so the first that fits is it. */
export function ownPath({ path, node }: { path: string; node: string }): string {
  if (path === node) return path;
  for (let start = 0; start !== -1;) {
    const slash = path.indexOf("/", start);
    const end = slash === -1 ? path.length : slash;
    if (path.slice(start, end) === node) return path.slice(0, end);
    start = slash === -1 ? -1 : slash + 1;
  }
  return path;
}
