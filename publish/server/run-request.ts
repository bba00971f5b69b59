import { z } from "zod";
import { jsonSchemaSchema } from "../../engine/flow/analysis.ts";
import { serializedErrorSchema } from "../../engine/lib/errors/error.ts";

/** What the gateway hands to Restate for a run. The digest pins what is executed; the same id twice is one run. */
export const runRequestSchema = z.object({
  runId: z.string(),
  flow: z.string(),
  revision: z.int(),
  digest: z.string(),
  input: z.json(),
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

/** The workers' Restate service. Handlers: `execute` a run, `check` a bundle, `ping`, and `settle` late events. */
export const RUN_SERVICE = "run";

/** What `check` answers: the bundle can run on these workers and takes this input; or why not. */
export const checkAnswerSchema = z.union([
  z.object({ ok: z.literal(true), title: z.string(), input: jsonSchemaSchema }),
  z.object({ ok: z.literal(false), error: serializedErrorSchema }),
]);
export type CheckAnswer = z.infer<typeof checkAnswerSchema>;
