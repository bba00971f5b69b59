import type { JsonValue } from "../lib/json.ts";
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
  | { kind: "sleep"; name: string; ms: number }
  | { kind: "all"; operations: Operation[] };

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
