import { z } from "zod";
import { jsonSchemaSchema } from "../../engine/flow/analysis.ts";
import { TRIGGER_KINDS } from "../../engine/flow/node-types.ts";
import { serializedErrorSchema } from "../../engine/lib/errors/error.ts";

/** What the gateway hands to Restate for a run. The digest pins what is executed; the same id twice is one run. */
export const runRequestSchema = z.object({
  runId: z.string(),
  flow: z.string(),
  revision: z.int(),
  digest: z.string(),
  /** The flow of the bundle that runs, when it isn't the published one but one that it starts. Its revision then is 0. */
  entry: z.string().optional(),
  input: z.json(),
  /** The trigger that the run begins with; left out: the one for calls. */
  trigger: z.string().optional(),
  /** SHA-256 of the canonical input: tells a repeated call from another one under the same key. */
  inputHash: z.string(),
  startedAt: z.number(),
});
export type RunRequest = z.infer<typeof runRequestSchema>;

/** What the worker answers when a run ended. */
export const runOutcomeSchema = z.object({
  state: z.enum(["succeeded", "failed", "cancelled"]),
  output: z.json().optional(),
  error: serializedErrorSchema.optional(),
  usage: z.object({ inputTokens: z.int(), outputTokens: z.int() }),
  startedAt: z.number(),
  endedAt: z.number(),
});
export type RunOutcome = z.infer<typeof runOutcomeSchema>;

/** An answer to a wait of a run. `invocation` is Restate's name of the run. */
export const answerRequestSchema = z.object({
  invocation: z.string(),
  path: z.string(),
  at: z.number(),
  value: z.json(),
});
export type AnswerRequest = z.infer<typeof answerRequestSchema>;

/** The workers' Restate service. Handlers: `execute` a run, `answer` a wait, `check` a bundle, `ping`, and `settle` late events. */
export const RUN_SERVICE = "run";

/** A trigger that something outside fires, with what its node says. */
export const triggerSpecSchema = z.object({ node: z.string(), kind: z.enum(TRIGGER_KINDS), config: z.json() });
export type TriggerSpec = z.infer<typeof triggerSpecSchema>;

/** What `check` answers: the bundle can run on these workers and takes this input; or why not. */
export const checkAnswerSchema = z.union([
  z.object({ ok: z.literal(true), title: z.string(), input: jsonSchemaSchema, triggers: z.array(triggerSpecSchema) }),
  z.object({ ok: z.literal(false), error: serializedErrorSchema }),
]);
export type CheckAnswer = z.infer<typeof checkAnswerSchema>;
