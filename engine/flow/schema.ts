import { z } from "zod";
import type { JsonValue } from "../lib/json.ts";
import { NODE_KEY_PATTERN } from "../lib/ids.ts";

/** The newest document version that this Heddle reads and writes. Newer files open read-only. */
export const FLOW_VERSION = 1;

export const nodeKeySchema = z.string().regex(NODE_KEY_PATTERN);

/** `500ms`, `30s`, `5m`, `2h`, `14d`, or a plain number of milliseconds. */
export const durationSchema = z.union([z.number().nonnegative(), z.string().regex(/^\d+(\.\d+)?(ms|s|m|h|d)$/)]);

export const retrySchema = z.looseObject({
  /** Tries after the first one. */
  times: z.int().min(1).max(20),
  /** Wait before the first retry. */
  backoff: durationSchema.default("1s"),
  /** Every further wait is this many times the one before; left out: 2. */
  factor: z.number().min(1).max(10).optional(),
  /** The longest wait; left out: 10 minutes. */
  longest: durationSchema.optional(),
  /** The share of each wait that chance takes away, 0 to 1, so that many runs don't come back at once; left out: 0. */
  jitter: z.number().min(0).max(1).optional(),
  /** Codes of the errors that are worth another try, `http.*` for a family; left out: whatever says of itself that it is. */
  on: z.array(z.string().min(1)).optional(),
});

/**
 * A node as the file holds it. `config` is checked by the node type's own schema (engine/node), not here. Unknown keys stay in the
 * value (loose objects), so that saving never drops what this version doesn't understand.
 */
export const flowNodeSchema = z.looseObject({
  type: z.string().min(1),
  title: z.string().optional(),
  note: z.string().optional(),
  disabled: z.boolean().optional(),
  config: z.record(z.string(), z.json()).optional(),
  retry: retrySchema.optional(),
  timeout: durationSchema.optional(),
  fallback: z.json().optional(),
  join: z.enum(["all", "any"]).optional(),
});

/** `from.port -> to`; the port `out` is left out. A binding is `from -> to.slot`. */
export const EDGE_PATTERN =
  /^\s*([a-z_][a-z0-9_]*)(?:\.([A-Za-z0-9_-]+))?\s*->\s*([a-z_][a-z0-9_]*)(?:\.([A-Za-z0-9_-]+))?\s*$/;

export const flowSchema = z.looseObject({
  heddle: z.literal(FLOW_VERSION),
  name: z.string().min(1),
  description: z.string().optional(),
  nodes: z.record(nodeKeySchema, flowNodeSchema).default({}),
  edges: z.array(z.string().regex(EDGE_PATTERN)).default([]),
  bindings: z.array(z.string().regex(EDGE_PATTERN)).default([]),
  /** Where each node's top left corner stands on the canvas, in canvas pixels: [x, y]. */
  layout: z.record(z.string(), z.tuple([z.number(), z.number()])).default({}),
});

export type FlowDocument = z.infer<typeof flowSchema>;
export type FlowNode = z.infer<typeof flowNodeSchema>;
export type RetryPolicy = z.infer<typeof retrySchema>;
export type Duration = z.infer<typeof durationSchema>;
export type Position = [x: number, y: number];

/** The port of an edge whose text names none. */
export const DEFAULT_PORT = "out";
/** The port that a failed step leaves by, where an edge waits there. Every step has it. */
export const ERROR_PORT = "error";
/**
 * The port whose edges lead to what undoes the step (its compensation): not taken as the run goes on, but when the run fails or is
 * cancelled after the step completed; the last step is undone first. Every step with an input has it.
 */
export const UNDO_PORT = "undo";

/** "then": control leaves `from` by `port` and enters `to`. */
export interface Edge {
  from: string;
  port: string;
  to: string;
}

/** Attaches what `from` provides (tools, a model, knowledge) to the slot of `to`. */
export interface Binding {
  from: string;
  to: string;
  slot: string;
}

/**
 * A flow in memory: the parsed document with its edges and bindings taken apart. Immutable: edit commands return a new one and share what
 * didn't change. `extra` holds top-level keys that this version doesn't know.
 */
export interface Flow {
  name: string;
  description?: string;
  /** All nodes, those in bodies too: a key is unique in the whole document. Without the file's `body`, which `parents` stands for. */
  nodes: Readonly<Record<string, FlowNode>>;
  /** For each node in a body, the container that it is in. The file nests what this says; edges never cross a body's border. */
  parents: Readonly<Record<string, string>>;
  edges: readonly Edge[];
  bindings: readonly Binding[];
  layout: Readonly<Record<string, Position>>;
  extra: Readonly<Record<string, JsonValue>>;
}

export const edgeId = (edge: Edge): string => `${edge.from}.${edge.port}->${edge.to}`;
export const bindingId = (binding: Binding): string => `${binding.from}->${binding.to}.${binding.slot}`;
