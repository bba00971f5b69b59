import { z } from "zod";
import { serializedErrorSchema } from "../lib/errors/error.ts";
import { waitSchema } from "../node/operation.ts";

const usageSchema = z.object({ inputTokens: z.int(), outputTokens: z.int() });
/** `at` is milliseconds since 1970 on the clock of the driver. `path` names a step: `triage`, inside a node `agent/model 1`. */
const durable = { runId: z.string(), seq: z.int().positive(), at: z.number() };
/**
 * `n` is where the text goes: its offset (UTF-16 units) in what was said so far. Text beyond `n` is replaced, so a rewind is a delta with a
 * smaller `n`, and telling the same delta twice changes nothing. `spliceText` in live-text.ts folds it.
 */
const live = { runId: z.string(), at: z.number(), n: z.int(), text: z.string() };
/** `path` in a body: `each_order[3]/charge`; in a sub-flow: `call/triage`, where `node` is the step of this flow that runs it. */
const stepPath = { path: z.string(), node: z.string() };
/** Fields of the event whose value is too large to travel: the field holds the beginning of its JSON, and this where the whole is. */
const large = { large: z.record(z.string(), z.object({ digest: z.string(), bytes: z.int() })).optional() };

/** Kept: `seq` counts from 1 without a gap, the same on every replay. */
export const durableEventSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("run.started"),
    ...durable,
    flow: z.string(),
    revision: z.string(),
    input: z.json(),
    trigger: z.string().optional(),
    ...large,
  }),
  z.object({ type: z.literal("step.ready"), ...durable, ...stepPath }),
  z.object({
    type: z.literal("step.started"),
    ...durable,
    ...stepPath,
    attempt: z.int(),
    /** The node's config with every template rendered; secrets as their names. */
    input: z.json().optional(),
    ...large,
  }),
  /** A wait began: until the time, where there is a deadline. It ends with the step's completion or failure. */
  z.object({
    type: z.literal("step.waiting"),
    ...durable,
    ...stepPath,
    wait: waitSchema,
    until: z.number().optional(),
  }),
  z.object({
    type: z.literal("tool.called"),
    ...durable,
    ...stepPath,
    server: z.string(),
    tool: z.string(),
    arguments: z.json(),
    ...large,
  }),
  z.object({
    type: z.literal("tool.returned"),
    ...durable,
    ...stepPath,
    result: z.json().optional(),
    error: serializedErrorSchema.optional(),
    ...large,
  }),
  z.object({
    type: z.literal("step.completed"),
    ...durable,
    ...stepPath,
    attempt: z.int(),
    output: z.json(),
    port: z.string(),
    usage: usageSchema.optional(),
    /** Why it has this output without having run: pinned by the user, or taken from an earlier run. */
    given: z.enum(["pinned", "recorded"]).optional(),
    ...large,
  }),
  z.object({
    type: z.literal("step.failed"),
    ...durable,
    ...stepPath,
    attempt: z.int(),
    error: serializedErrorSchema,
    willRetryAt: z.number().optional(),
    /** What this try spent before it failed. */
    usage: usageSchema.optional(),
  }),
  z.object({ type: z.literal("step.skipped"), ...durable, ...stepPath }),
  /** Nothing is under way any more but waits. */
  z.object({ type: z.literal("run.waiting"), ...durable }),
  z.object({ type: z.literal("run.resumed"), ...durable }),
  /** The run failed or was cancelled, and what undoes its steps or handles the error begins. */
  z.object({ type: z.literal("run.recovering"), ...durable, error: serializedErrorSchema.optional() }),
  z.object({ type: z.literal("run.completed"), ...durable, output: z.json(), usage: usageSchema, ...large }),
  z.object({
    type: z.literal("run.failed"),
    ...durable,
    error: serializedErrorSchema,
    node: z.string().optional(),
    path: z.string().optional(),
    /** What was spent by then. */
    usage: usageSchema.optional(),
  }),
  z.object({ type: z.literal("run.cancelled"), ...durable, usage: usageSchema.optional() }),
]);

/** Not kept: live text. Who subscribes later gets what was said so far as one delta at 0, or the step's completion. */
export const liveEventSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("step.delta"), ...live, ...stepPath, attempt: z.int() }),
  /** The run's answer as it grows: all of these, spliced, are the text of the run's output. */
  z.object({ type: z.literal("answer.delta"), ...live }),
]);

export const runEventSchema = z.union([durableEventSchema, liveEventSchema]);

/** What a run tells, one stream on every driver and transport. */
export type DurableEvent = z.infer<typeof durableEventSchema>;
export type LiveEvent = z.infer<typeof liveEventSchema>;
export type RunEvent = DurableEvent | LiveEvent;

export const isDurable = (event: RunEvent): event is DurableEvent => "seq" in event;

/** The event that ends a run. */
export type FinalEvent = Extract<DurableEvent, { type: "run.completed" | "run.failed" | "run.cancelled" }>;
export const isFinal = (event: RunEvent): event is FinalEvent =>
  event.type === "run.completed" || event.type === "run.failed" || event.type === "run.cancelled";

export const RUN_STATES = ["running", "waiting", "succeeded", "failed", "cancelled"] as const;
export type RunState = (typeof RUN_STATES)[number];
