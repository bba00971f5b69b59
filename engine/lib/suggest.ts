/** Edit distance with swaps of neighbours (optimal string alignment), capped: anything above `limit` is `limit + 1`. */
function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1];
      let best = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        best = Math.min(best, beforeLast[j - 2]! + 1);
      row.push(best);
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length]!;
}

/** The name that was probably meant: the nearest one within two fifths of its length, else nothing. */
export function suggest(wanted: string, names: Iterable<string>): string | undefined {
  const target = wanted.toLowerCase();
  let limit = Math.max(1, Math.floor(target.length * 0.4));
  let best: string | undefined;
  for (const name of names) {
    const candidate = name.toLowerCase();
    if (candidate === target && name !== wanted) return name;
    const away = distance(target, candidate, limit);
    if (away > limit || (best !== undefined && away === limit)) continue;
    best = name;
    limit = away;
  }
  return best;
}
