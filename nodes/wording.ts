import type { Text } from "../engine/lib/text.ts";

/** The same words in both languages: for names, which aren't translated. */
export function same(words: string): Text {
  return { en: words, zh: words };
}

/** Names in a row, bold: “**a**, **b** and **c**”. Long rows end in how many more there are. */
export function nameList(names: readonly string[], limit = 4): Text {
  const shown = names.slice(0, limit).map((name) => `**${name}**`);
  const more = names.length - shown.length;
  if (more > 0) return { en: `${shown.join(", ")} and ${more} more`, zh: `${shown.join("、")} 等 ${names.length} 项` };
  const last = shown.pop();
  if (last === undefined) return { en: "", zh: "" };
  if (shown.length === 0) return { en: last, zh: last };
  return { en: `${shown.join(", ")} and ${last}`, zh: `${shown.join("、")}和${last}` };
}

/** The first words of a text for a card: one line, at most `length` characters, references left whole. */
export function excerpt(text: string, length = 90): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (line.length <= length) return line;
  const open = line.lastIndexOf("{{", length);
  const cut = open !== -1 && line.indexOf("}}", open) >= length - 1 ? open : length;
  return `${line.slice(0, cut).trimEnd()}…`;
}
