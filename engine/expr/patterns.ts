/** Longer patterns are refused: nobody reads them, and the time to try them grows with their size. */
const MAX_LENGTH = 500;

/**
 * A regular expression that can't take for ever: a group that repeats and holds something that repeats, such as `(a+)+`, could need
 * years for a few dozen characters, and is refused. Undefined for those and for what isn't a pattern.
 */
export function safePattern(pattern: string): RegExp | undefined {
  if (pattern.length > MAX_LENGTH || repeatsARepetition(pattern)) return undefined;
  try {
    return new RegExp(pattern, "u");
  } catch {
    return undefined;
  }
}

function repeatsARepetition(pattern: string): boolean {
  /** For each open group whether something in it repeats or chooses. */
  const groups: boolean[] = [false];
  for (let index = 0; index < pattern.length; index++) {
    const character = pattern[index]!;
    if (character === "\\") index++;
    else if (character === "[") index = endOfClass(pattern, index);
    else if (character === "(") groups.push(false);
    else if (character === "|") groups[groups.length - 1] = true;
    else if (character === ")") {
      const repeats = groups.pop() ?? false;
      const again = /^([*+]|\{\d+,\d*\})/.test(pattern.slice(index + 1));
      if (repeats && again) return true;
      if (groups.length === 0) return false;
      if (repeats || again) groups[groups.length - 1] = true;
    } else if (/^([*+]|\{\d+,\d*\})/.test(pattern.slice(index))) groups[groups.length - 1] = true;
  }
  return false;
}

function endOfClass(pattern: string, start: number): number {
  for (let index = start + 1; index < pattern.length; index++) {
    if (pattern[index] === "\\") index++;
    else if (pattern[index] === "]") return index;
  }
  return pattern.length;
}
