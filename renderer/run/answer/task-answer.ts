import type { JsonObject } from "../../../engine/lib/json.ts";
import type { TaskAnswer } from "../../../engine/node/operation.ts";
import type { FieldProblem } from "../form/schema-fields.ts";

/** What is sent for a task: the button, what was filled in, and what was said about it. */
export function taskAnswer(choice: string, values: JsonObject, comment: string): JsonObject {
  const said = comment.trim();
  const answer: TaskAnswer = { choice, values, ...(said && { comment: said }) };
  return { ...answer };
}

/**
 * Fields that hold something which can't be read. A field that is still empty isn't among them: whether it is needed depends on what is
 * chosen, and the host tells.
 */
export function unreadable(problems: Readonly<Record<string, FieldProblem>>): Record<string, FieldProblem> {
  return Object.fromEntries(Object.entries(problems).filter(([, problem]) => problem !== "missing"));
}
