import type { JsonObject, JsonValue } from "../lib/json.ts";
import type { LargeValue } from "./driver.ts";

/** Puts a value that is kept elsewhere into a scope: it is read whenever something refers to it. */
export function putLarge(scope: JsonObject, name: string, large: LargeValue): void {
  Object.defineProperty(scope, name, { get: () => large.read(), enumerable: true, configurable: true });
}

/** The named entries of a scope that are there, large ones unread. */
export function captured(from: JsonObject, names: readonly string[]): JsonObject {
  const scope: JsonObject = {};
  copyEntries(from, names, scope);
  return scope;
}

/** Copies entries from one scope to another, large ones unread. */
export function copyEntries(from: JsonObject, names: readonly string[], to: JsonObject): void {
  for (const name of names) {
    const entry = Object.getOwnPropertyDescriptor(from, name);
    if (entry?.get) Object.defineProperty(to, name, entry);
    else if (entry) to[name] = entry.value as JsonValue;
  }
}
