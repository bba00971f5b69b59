import { isJsonObject, type JsonObject, type JsonValue } from "../lib/json.ts";

export type JsonPath = readonly (string | number)[];

/** The value at a path; undefined where there is none. */
export function getAt(value: JsonValue | undefined, path: JsonPath): JsonValue | undefined {
  let current = value;
  for (const step of path) {
    if (Array.isArray(current) && typeof step === "number") current = current[step];
    else if (isJsonObject(current) && Object.hasOwn(current, String(step))) current = current[String(step)];
    else return undefined;
  }
  return current;
}

/** A copy with the value at a path set; missing objects on the way are made. `index` places a new key among its siblings. */
export function setAt(
  value: JsonValue | undefined,
  path: JsonPath,
  set: { value: JsonValue; index?: number | undefined },
): JsonValue {
  const [step, ...rest] = path;
  if (step === undefined) return set.value;
  if (Array.isArray(value) && typeof step === "number") {
    const at = Math.min(step, value.length);
    return value.toSpliced(at, at < value.length ? 1 : 0, setAt(value[at], rest, set));
  }
  const object = isJsonObject(value) ? value : {};
  const key = String(step);
  const own = Object.hasOwn(object, key);
  const inner = setAt(own ? object[key] : undefined, rest, set);
  if (own) return { ...object, [key]: inner };
  return insertKey(object, key, { value: inner, index: rest.length === 0 ? set.index : undefined });
}

/** A copy without the value at a path; the same value where there is none. */
export function deleteAt(value: JsonValue, path: JsonPath): JsonValue {
  const [step, ...rest] = path;
  if (step === undefined || getAt(value, [step]) === undefined) return value;
  if (Array.isArray(value)) {
    const at = Number(step);
    return rest.length === 0 ? value.toSpliced(at, 1) : value.with(at, deleteAt(value[at]!, rest));
  }
  const object = value as JsonObject;
  const key = String(step);
  if (rest.length > 0) return { ...object, [key]: deleteAt(object[key]!, rest) };
  return withoutKey(object, key);
}

export function withoutKey<Value>(object: Readonly<Record<string, Value>>, key: string): Record<string, Value> {
  return Object.fromEntries(Object.entries(object).filter(([name]) => name !== key));
}

/** A copy with one more key, at a place among the others or last. */
export function insertKey<Value>(
  object: Readonly<Record<string, Value>>,
  key: string,
  added: { value: Value; index?: number | undefined },
): Record<string, Value> {
  const entries = Object.entries(object);
  entries.splice(added.index ?? entries.length, 0, [key, added.value]);
  return Object.fromEntries(entries);
}

/** A copy whose keys are renamed where they stand. */
export function renameKey<Value>(
  object: Readonly<Record<string, Value>>,
  from: string,
  to: string,
): Record<string, Value> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key === from ? to : key, value]));
}
