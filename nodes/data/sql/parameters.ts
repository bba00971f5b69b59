import { HeddleError } from "../../../engine/lib/errors/error.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../../../engine/lib/json.ts";

/** A piece of a query: text that stays as it is, or the place of a parameter. */
export type QueryPart = { text: string } | { name: string };

/**
 * What may stand in SQL text without holding a parameter: quoted texts and names (also PostgreSQL's $tag$ and E'' forms), comments, and
 * casts (`::`). The last alternative is a parameter.
 */
const TOKENS =
  /[eE]'(?:[^'\\]|\\[\s\S]|'')*'|'(?:[^']|'')*'|"(?:[^"]|"")*"|`[^`]*`|\$([A-Za-z_]\w*)?\$[\s\S]*?\$\1\$|--[^\n]*|\/\*[\s\S]*?\*\/|::|:([A-Za-z_]\w*)/g;

/** Splits a query at its `:name` places. */
export function splitQuery(query: string): QueryPart[] {
  const parts: QueryPart[] = [];
  let from = 0;
  for (const match of query.matchAll(TOKENS)) {
    const name = match[2];
    if (name === undefined) continue;
    parts.push({ text: query.slice(from, match.index) }, { name });
    from = match.index + match[0].length;
  }
  parts.push({ text: query.slice(from) });
  return parts;
}

/** Whether a query holds `{{`, quoted or not: values don't belong into the text of a query. */
export const hasTemplate = (query: string): boolean => query.includes("{{");

/** The query's first word, in capitals, behind comments. */
export function firstWord(query: string): string {
  const plain = query.replace(/^(?:\s+|--[^\n]*(?:\n|$)|\/\*[\s\S]*?\*\/|\()+/, "");
  return (/^[A-Za-z]+/.exec(plain)?.[0] ?? "").toUpperCase();
}

/** The values of a query's places. `idempotency_key` is there without being asked for. @throws HeddleError `sql.missing-parameter`, `sql.bad-parameters` */
export function parameterValues(query: string, given: JsonValue, idempotencyKey: string): JsonObject {
  if (!isJsonObject(given)) throw new HeddleError("sql.bad-parameters", { detail: JSON.stringify(given) });
  const known: JsonObject = { idempotency_key: idempotencyKey, ...given };
  const names = splitQuery(query).flatMap((part) => ("name" in part ? [part.name] : []));
  return Object.fromEntries(
    names.map((name) => {
      if (!Object.hasOwn(known, name)) throw new HeddleError("sql.missing-parameter", { name });
      return [name, known[name]!];
    }),
  );
}
