/** One replacement that turns a text into another: offsets in the old text. */
export interface TextEdit {
  start: number;
  end: number;
  text: string;
}

/** The smallest single replacement between two texts; null when they are the same. What lies around it keeps its caret, folds and marks. */
export function smallestEdit(before: string, after: string): TextEdit | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let tail = 0;
  while (tail < shorter - start && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) };
}
