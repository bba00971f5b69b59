/** How one list became another: parts that stayed, and between them what went and what came. Indexes into the two lists. */
export interface Alignment {
  /** Pairs [before, after] of what stayed, in order. */
  kept: [number, number][];
  removed: number[];
  added: number[];
}

/**
 * Aligns two lists of names by their longest common subsequence. Names that were replaced at the same place count as kept where
 * `alike` says that they are one thing under another name.
 */
export function align(
  before: readonly string[],
  after: readonly string[],
  alike: (before: number, after: number) => boolean,
): Alignment {
  const kept: [number, number][] = [];
  const removed: number[] = [];
  const added: number[] = [];
  let [at, to] = [0, 0];
  for (const [keptBefore, keptAfter] of [...commonPairs(before, after), [before.length, after.length] as const]) {
    let next = to;
    for (; at < keptBefore; at++) {
      const match = range(next, keptAfter).find((candidate) => alike(at, candidate));
      if (match === undefined) {
        removed.push(at);
        continue;
      }
      added.push(...range(next, match));
      kept.push([at, match]);
      next = match + 1;
    }
    added.push(...range(next, keptAfter));
    if (keptBefore < before.length) kept.push([keptBefore, keptAfter]);
    at = keptBefore + 1;
    to = keptAfter + 1;
  }
  return { kept, removed, added };
}

const range = (from: number, to: number): number[] =>
  Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index);

function commonPairs(before: readonly string[], after: readonly string[]): [number, number][] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  let end = 0;
  const room = Math.min(before.length, after.length) - start;
  while (end < room && before.at(-1 - end) === after.at(-1 - end)) end++;
  const middle = longestCommon(before.slice(start, before.length - end), after.slice(start, after.length - end));
  return [
    ...range(0, start).map((index): [number, number] => [index, index]),
    ...middle.map(([a, b]): [number, number] => [a + start, b + start]),
    ...range(0, end).map((index): [number, number] => [before.length - end + index, after.length - end + index]),
  ];
}

function longestCommon(before: readonly string[], after: readonly string[]): [number, number][] {
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      lengths[i * width + j] =
        before[i] === after[j]
          ? lengths[(i + 1) * width + j + 1]! + 1
          : Math.max(lengths[(i + 1) * width + j]!, lengths[i * width + j + 1]!);
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < before.length && j < after.length;) {
    if (before[i] === after[j]) pairs.push([i++, j++]);
    else if (lengths[(i + 1) * width + j]! >= lengths[i * width + j + 1]!) i++;
    else j++;
  }
  return pairs;
}
