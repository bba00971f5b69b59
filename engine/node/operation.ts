import { z } from "zod";
import { jsonSchemaSchema } from "../flow/analysis.ts";
import type { SerializedError } from "../lib/errors/error.ts";
import type { JsonObject, JsonValue } from "../lib/json.ts";
import type { NodeServices } from "./services.ts";

/** Model tokens of a step, summed over its calls. */
export interface Usage {
  inputTokens: number;
  outputTokens: number;
}

/** What one durable step may use while it runs. Clocks and randomness are read only here. */
export interface StepContext extends NodeServices {
  /** Aborted when the run is cancelled, the step times out or a sibling made it needless. */
  signal: AbortSignal;
  /** `runId/path#attempt` without the attempt: the same for every try of this step. Send it with every effect. */
  idempotencyKey: string;
  /** A number that is the same on every try and replay of this step: the seed for a model. */
  seed: number;
  attempt: number;
  /** Streams text to whoever watches (canvas, `answer`). Not recorded; the step's result is the truth. */
  emit(delta: string): void;
  /** Adds to the run's token count. */
  addUsage(usage: Usage): void;
}

/**
 * What a node with several durable steps yields. The scheduler starts it on the driver and resumes the generator with its result.
 * Names are unique within the node and the same on every replay: `model 1`, `lookup_order 2`.
 */
export type Operation =
  | { kind: "step"; name: string; label?: StepLabel; run(ctx: StepContext): Promise<JsonValue> }
  /** Waits `ms`. With `wait` the run counts as waiting meanwhile. */
  | { kind: "sleep"; name: string; ms: number; wait?: Wait }
  /** Waits until somebody answers: the result is what they sent. Costs nothing meanwhile and survives restarts. */
  | { kind: "signal"; name: string; wait: Wait }
  /** Runs the container's body once, as `key[round]`. The result holds the container's fields of `within: "body"`, rendered at its end. */
  | { kind: "body"; round: number; locals: JsonObject }
  /** Renders the container's fields of `within: "locals"`. */
  | { kind: "evaluate"; locals: JsonObject }
  /** Runs a flow of the project inside this run; the result is its output. Its answer is said as this step's text. */
  | { kind: "child"; name: string; flow: string; input: JsonValue }
  /**
   * All of them, at most `concurrency` at once (left out: no limit); results in the order given. After a failure
   * no further one begins, and the first, by position, is thrown when those under way ended; with `settle` none is thrown and each result is an `Ended`.
   */
  | { kind: "all"; operations: readonly Operation[]; concurrency?: number; settle?: boolean }
  /** The first to end, as `{ index, value }`; the others are abandoned. Its failure is thrown. */
  | { kind: "race"; operations: readonly Operation[] };

/** How an operation of `all` with `settle` ended. */
export type Ended = { ok: true; value: JsonValue } | { ok: false; error: SerializedError };

/** What a run waits for, as people see it and as answers find it. `within`: how long, in ms, where there is a deadline. */
export const waitSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("delay") }),
  /** An event of this name, and with this correlation key where one is given. */
  z.object({ kind: z.literal("event"), event: z.string(), key: z.string().optional(), within: z.number().optional() }),
  /** Something for a person to decide or fill in: a line in the inbox. */
  z.object({
    kind: z.literal("task"),
    title: z.string(),
    /** Markdown */
    details: z.string().default(""),
    assignee: z.string().optional(),
    /** The buttons. */
    choices: z.array(z.object({ id: z.string(), label: z.string() })).min(1),
    /** What to fill in. */
    form: jsonSchemaSchema.optional(),
    within: z.number().optional(),
  }),
  /** A developer's breakpoint. */
  z.object({ kind: z.literal("breakpoint") }),
]);
export type Wait = z.infer<typeof waitSchema>;

/** The answer to a `task`. `by` is who gave it. */
export interface TaskAnswer {
  choice: string;
  values: JsonObject;
  by?: string;
  comment?: string;
}

/** What an error handler gets as its input. */
export interface Failure {
  error: SerializedError;
  /** The node that failed, and where in the run. */
  node: string;
  path: string;
}

/** How a step inside a node shows in the timeline, and which pair of events announces it. */
export type StepLabel =
  | { kind: "model"; model: string }
  | { kind: "tool"; server: string; tool: string; arguments: JsonValue };

/** The body of a node with several steps. Deterministic between yields: no clock, no randomness, no I/O. */
export type NodeProcess = Generator<Operation, NodeResult, JsonValue>;

/** `port` is the way out that is taken (default `out`); every other port's edges are skipped. */
export interface NodeResult {
  output: JsonValue;
  port?: string;
}

/** One durable step inside a generator: `const reply = yield* step("model 1", async (ctx) => …)`. */
export function* step<T extends JsonValue>(
  name: string,
  run: (ctx: StepContext) => Promise<T>,
  label?: StepLabel,
): Generator<Operation, T, JsonValue> {
  return (yield { kind: "step", name, run, ...(label && { label }) }) as T;
}

/** Several steps at once; their results in the order given. */
export function* all(operations: Operation[]): Generator<Operation, JsonValue[], JsonValue> {
  return (yield { kind: "all", operations }) as JsonValue[];
}

/** Waits for an answer from outside. */
export function* signal(name: string, wait: Wait): Generator<Operation, JsonValue, JsonValue> {
  return yield { kind: "signal", name, wait };
}

/** The first of several operations: which it was and its result. */
export function* race(
  operations: readonly Operation[],
): Generator<Operation, { index: number; value: JsonValue }, JsonValue> {
  return (yield { kind: "race", operations }) as { index: number; value: JsonValue };
}
