import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import MiniSearch from "minisearch";

/** One `## Section` of a Markdown file; `source` is the file's name. */
export interface Passage {
  title: string;
  text: string;
  source: string;
}

/** Words that questions share whatever they are about. */
const STOP_WORDS = new Set(
  (
    "a an and any are at be by can could did do does for from get give have how i if in is it its long many me much my of on or our " +
    "please s should tell that the there this to want was we what when where which who will with would you your"
  ).split(" "),
);

/** A word as the index knows it: lower case, without a plural's s, so that “credit cards” is “credit card”. Nothing for a stop word. */
function termOf(word: string): string | null {
  const lower = word.toLowerCase();
  if (STOP_WORDS.has(lower)) return null;
  return lower.replace(/(?<=[a-z]{3})(?<!s)s$/, "");
}

const isLong = (term: string): boolean => term.length > 4;

/** Plain text search over the sections of a folder of Markdown files. */
export class Handbook {
  readonly #passages: Passage[];
  readonly #index: MiniSearch<Passage & { id: number }>;

  constructor(folder: string) {
    const files = readdirSync(folder).filter((name) => name.endsWith(".md"));
    this.#passages = files.sort().flatMap((name) => sections(readFileSync(join(folder, name), "utf8"), name));
    this.#index = new MiniSearch({
      fields: ["title", "text"],
      processTerm: termOf,
      // Short words are only found as they are: "tent" isn't "rent".
      searchOptions: { boost: { title: 2 }, prefix: isLong, fuzzy: (term) => isLong(term) && 0.2 },
    });
    this.#index.addAll(this.#passages.map((passage, id) => ({ ...passage, id })));
  }

  /** The passages that fit best, best first. */
  search(query: string, limit: number): Passage[] {
    return this.#index
      .search(query)
      .slice(0, limit)
      .map((hit) => this.#passages[hit.id as number]!);
  }
}

function sections(markdown: string, source: string): Passage[] {
  return markdown
    .split(/^## +/m)
    .slice(1)
    .map((section) => {
      const [title = "", ...lines] = section.split("\n");
      return { title: title.trim(), text: lines.join(" ").replace(/\s+/g, " ").trim(), source };
    })
    .filter(({ text }) => text !== "");
}
