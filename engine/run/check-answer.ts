import { z } from "zod";
import { HeddleError } from "../lib/errors/error.ts";
import { isJsonObject, type JsonObject, type JsonSchema, type JsonValue } from "../lib/json.ts";
import { configIssues } from "../node/config-issues.ts";
import type { TaskAnswer, Wait } from "../node/operation.ts";
import { continueSchema } from "./debug.ts";

const taskAnswerSchema = z.object({
  choice: z.string(),
  values: z.record(z.string(), z.json()).default({}),
  by: z.string().optional(),
  comment: z.string().optional(),
});

/**
 * Checks what somebody answers to a wait before anything takes it, so that a wrong answer is refused and the run goes on waiting. Returns the
 * answer with defaults filled in. @throws HeddleError `run.answer-invalid` naming what is wrong
 */
export function checkAnswer(wait: Wait, value: JsonValue): JsonValue {
  switch (wait.kind) {
    case "task":
      return checkTaskAnswer(wait, value);
    case "breakpoint":
      return parse(continueSchema, value ?? {}) as JsonValue;
    default:
      return value;
  }
}

function checkTaskAnswer(task: Extract<Wait, { kind: "task" }>, value: JsonValue): JsonValue {
  const answer: TaskAnswer = parse(taskAnswerSchema, value);
  const ids = task.choices.map((choice) => choice.id);
  if (!ids.includes(answer.choice))
    throw new HeddleError("run.answer-invalid", { detail: `“choice” must be one of ${ids.join(", ")}` });
  const values = task.form ? readForm(task.form, answer.values) : answer.values;
  return { ...answer, values: isJsonObject(values) ? values : {} };
}

/** What was filled in, in sentences that name the fields as the form does where it doesn't fit. */
function readForm(form: JsonSchema, values: JsonObject): JsonValue {
  const parsed = formOf(form).safeParse(values);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((name) => `“${name}” isn’t asked for.`)
      : configIssues([issue], form, values).map(({ message }) => message.en),
  );
  // The catalogue's sentence ends it.
  throw new HeddleError("run.answer-invalid", { detail: wrong.join(" ").replace(/\.$/, "") });
}

const formOf = (form: JsonSchema): z.ZodType<JsonValue> =>
  z.fromJSONSchema(form as Parameters<typeof z.fromJSONSchema>[0]) as z.ZodType<JsonValue>;

function parse<Value>(schema: z.ZodType<Value>, value: JsonValue): Value {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const detail = parsed.error.issues.map(({ path, message }) => [path.join("."), message].filter(Boolean).join(": "));
  throw new HeddleError("run.answer-invalid", { detail: detail.join("; ") });
}
