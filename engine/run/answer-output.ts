import type { ExprScope } from "../expr/index.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../lib/json.ts";

/** Stands between the texts of a run's answers when several were given. */
export const ANSWER_SEPARATOR = "\n\n";

/** An answer that was given: by which step (its path in the flow), and what. */
export interface GivenAnswer {
  path: string;
  text: string;
  output: JsonValue;
}

/** The text of an answer that was given. */
export function answerText({ key, field }: { key: string; field: string }, scope: ExprScope): string {
  const output = scope[key];
  const text = isJsonObject(output) ? output[field] : null;
  return typeof text === "string" ? text : "";
}

/**
 * A flow's output. One answer given: its output. Several: `{ text, answers }`, their texts one after the other in the order of their keys
 * (in a body: round by round), and each one's output by its path. None: null.
 */
export function flowOutput(given: readonly GivenAnswer[]): JsonValue {
  const [only, ...more] = given;
  if (!only) return null;
  if (more.length === 0) return only.output;
  const answers: JsonObject = {};
  for (const { path, output } of given) answers[path] = output;
  return { text: given.map(({ text }) => text).join(ANSWER_SEPARATOR), answers };
}
