/** What is typed for how many runs to keep. */
export interface KeptDraft {
  days: string;
  runs: string;
}

/** What the host takes. */
export const KEPT_LIMITS = {
  days: { least: 1, most: 3_650 },
  runs: { least: 1, most: 1_000_000 },
} as const;

const NAMES = ["days", "runs"] as const;

/** The draft as numbers; without a value while one of them isn't what it may be. */
export function readKept(draft: KeptDraft): { value?: { days: number; runs: number }; problems: (keyof KeptDraft)[] } {
  const problems = NAMES.filter((name) => !fits(name, draft[name]));
  if (problems.length > 0) return { problems };
  return { value: { days: Number(draft.days), runs: Number(draft.runs) }, problems };
}

function fits(name: keyof KeptDraft, text: string): boolean {
  const { least, most } = KEPT_LIMITS[name];
  const number = Number(text);
  return text.trim() !== "" && Number.isInteger(number) && number >= least && number <= most;
}
