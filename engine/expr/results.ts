import type { JsonSchema } from "../lib/json.ts";
import type { ExprFunction } from "./functions.ts";
import { ANY, BOOL, isNullable, itemOf, NUMBER, STRING, typeNames, unionOf, withoutNull } from "./schema-types.ts";
import type { TypeName } from "./values.ts";

const SCHEMAS: Readonly<Record<TypeName, JsonSchema>> = {
  number: NUMBER,
  string: STRING,
  bool: BOOL,
  list: { type: "array" },
  map: { type: "object" },
  null: { type: "null" },
};

/** What a function gives, from what it is given. */
export function resultOf(called: ExprFunction, name: string, types: JsonSchema[]): JsonSchema {
  if (called.returns === "same") return types.length < 2 ? ANY : filled(types[0]!, types[1]!);
  if (name === "split" || name === "keys") return { type: "array", items: STRING };
  if (called.returns !== "any") return SCHEMAS[called.returns];
  return listResult(name, types[0] ?? ANY);
}

/** What functions of lists give, from the list that they are given. */
function listResult(name: string, given: JsonSchema): JsonSchema {
  const item = itemOf(given);
  switch (name) {
    case "first":
    case "last":
      return unionOf([item, { type: "null" }]);
    case "sort":
    case "reverse":
    case "unique":
      return { type: "array", items: item };
    case "flatten": {
      const known = typeNames(item);
      const plain = known && !known.has("list");
      return plain ? { type: "array", items: item } : { type: "array" };
    }
    case "range":
      return { type: "array", items: NUMBER };
    case "average":
      return unionOf([NUMBER, { type: "null" }]);
    case "slice":
      return typeNames(given)?.size === 1 ? (typeNames(given)!.has("string") ? STRING : withoutNull(given)) : ANY;
    default:
      return ANY;
  }
}

/** A value, or another one where it is empty. */
function filled(schema: JsonSchema, other: JsonSchema): JsonSchema {
  if (!isNullable(schema)) return schema;
  return typeNames(schema)!.size === 1 ? other : unionOf([withoutNull(schema), other]);
}
