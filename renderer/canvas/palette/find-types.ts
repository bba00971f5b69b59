import { FAMILIES, type Family } from "../../../engine/node/define.ts";
import type { Language } from "../../../engine/lib/text.ts";
import type { NodeType } from "../../../engine/rpc/contract.ts";

export interface FamilyGroup {
  family: Family;
  types: NodeType[];
}

/** Everything that a person might call a type: its name in both languages, what it does, its key. */
const words = (type: NodeType): string =>
  [type.title.en, type.title.zh, type.description.en, type.description.zh, type.type].join(" ").toLowerCase();

function rank(type: NodeType, query: string, language: Language): number {
  const title = type.title[language].toLowerCase();
  if (title.startsWith(query)) return 0;
  if (title.includes(query)) return 1;
  return query.split(/\s+/).every((word) => words(type).includes(word)) ? 2 : -1;
}

/** The types that match what was typed, in families; within one the best match first, else as the host lists them. */
export function findTypes(types: readonly NodeType[], typed: string, language: Language): FamilyGroup[] {
  const query = typed.trim().toLowerCase();
  const hits = types
    .map((type) => ({ type, rank: query === "" ? 0 : rank(type, query, language) }))
    .filter((hit) => hit.rank >= 0)
    .sort((a, b) => a.rank - b.rank)
    .map(({ type }) => type);
  return FAMILIES.map((family) => ({ family, types: hits.filter((type) => type.family === family) })).filter(
    (group) => group.types.length > 0,
  );
}
