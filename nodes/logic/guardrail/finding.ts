/** A part of a text, counted in UTF-16 units as the language does. */
export interface Span {
  kind: string;
  start: number;
  end: number;
}

/** A part of a text as later steps read it: places counted in characters, as `substring` in expressions does. */
export type Finding = { kind: string; start: number; end: number; text: string };

/** `[email]` in the place of each part. The parts don't overlap and stand in order. */
export function masked(text: string, spans: readonly Span[]): string {
  let result = "";
  let from = 0;
  for (const { kind, start, end } of spans) {
    result += `${text.slice(from, start)}[${kind}]`;
    from = end;
  }
  return result + text.slice(from);
}

/** Findings for people. With `hide` only the ends of the text show, since findings are recorded with the run. */
export function findings(text: string, spans: readonly Span[], { hide }: { hide: boolean }): Finding[] {
  return spans.map(({ kind, start, end }) => {
    const before = Array.from(text.slice(0, start)).length;
    const part = Array.from(text.slice(start, end));
    return { kind, start: before, end: before + part.length, text: hide ? hidden(part) : part.join("") };
  });
}

const hidden = (part: readonly string[]): string =>
  part.length < 6 ? "…" : `${part.slice(0, 2).join("")}…${part.slice(-2).join("")}`;
