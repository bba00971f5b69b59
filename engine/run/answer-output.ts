import type { ExprScope } from "../expr/index.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../lib/json.ts";
import type { AnswerPlan } from "./answer-plan.ts";

/** Stands between the texts of a run's answers when several were given. */
export const ANSWER_SEPARATOR = "\n\n";

/** The text of an answer that was given. */
export function answerText({ key, field }: AnswerPlan, scope: ExprScope): string {
  const output = scope[key];
  const text = isJsonObject(output) ? output[field] : null;
  return typeof text === "string" ? text : "";
}

/**
 * A run's output. One answer given: its output. Several: `{ text, answers }`, their texts one after the other in the order of their keys, and
 * each one's output by key. None: null.
 */
export function runOutput(given: readonly AnswerPlan[], scope: ExprScope): JsonValue {
  const [only, ...more] = given;
  if (!only) return null;
  if (more.length === 0) return scope[only.key]!;
  const answers: JsonObject = Object.fromEntries(given.map((answer) => [answer.key, scope[answer.key]!]));
  return { text: given.map((answer) => answerText(answer, scope)).join(ANSWER_SEPARATOR), answers };
}
