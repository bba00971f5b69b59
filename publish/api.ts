import { z } from "zod";
import { clusterStatusSchema } from "../engine/rpc/contract.ts";
import { jsonSchemaSchema } from "../engine/flow/analysis.ts";
import { serializedErrorSchema } from "../engine/lib/errors/error.ts";
import { RUN_STATES } from "../engine/run/events.ts";

/** What the gateway says and hears over HTTP. Publisher, CLI and gateway read this one file. */

/** A flow as it is called now. */
export const deploymentSchema = z.object({
  flow: z.string(),
  title: z.string(),
  revision: z.int().positive(),
  digest: z.string(),
  /** Where runs are started: `POST` here. */
  endpoint: z.string(),
  /** When this revision was activated, ms since 1970. */
  at: z.number(),
  /** JSON Schema of the input. */
  input: jsonSchemaSchema,
});
export type Deployment = z.infer<typeof deploymentSchema>;

export const revisionSchema = z.object({
  flow: z.string(),
  revision: z.int().positive(),
  digest: z.string(),
  at: z.number(),
  active: z.boolean(),
});
export type Revision = z.infer<typeof revisionSchema>;

/** A run as `GET /v1/runs/{id}` tells it, and the answer of a call that waits. */
export const runResourceSchema = z.object({
  runId: z.string(),
  flow: z.string(),
  revision: z.int(),
  state: z.enum(RUN_STATES),
  input: z.json().optional(),
  output: z.json().optional(),
  error: serializedErrorSchema.optional(),
  usage: z.object({ inputTokens: z.int(), outputTokens: z.int() }),
  startedAt: z.number(),
  endedAt: z.number().optional(),
});
export type RunResource = z.infer<typeof runResourceSchema>;

export const activateRequestSchema = z.object({ digest: z.string() });
export const rollbackRequestSchema = z.object({ revision: z.int().positive() });
/** Answers a wait of a run: `path` as the inbox tells it. */
export const answerRequestSchema = z.object({ path: z.string(), value: z.json() });
/** Wakes the runs that wait for this event. The header `idempotency-key` names the event: the same one counts once. */
export const eventRequestSchema = z.object({
  event: z.string().min(1),
  key: z.string().optional(),
  payload: z.json().default(null),
});
export const keyRequestSchema = z.object({ name: z.string().min(1).max(100) });
/** The key itself is told once, when it is made. */
export const keyResourceSchema = z.object({
  id: z.string(),
  name: z.string(),
  at: z.number(),
  key: z.string().optional(),
});
export type KeyResource = z.infer<typeof keyResourceSchema>;

/** RFC 9457, with Heddle's error code beside it. `message` is in the caller's language. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  code: z.string(),
  message: z.string(),
  retryable: z.boolean(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  runId: z.string().optional(),
});
export type ProblemDocument = z.infer<typeof problemSchema>;
export const PROBLEM_TYPE = "application/problem+json";

export const readinessSchema = z.object({
  ready: z.boolean(),
  checks: clusterStatusSchema.shape.services,
});
export type Readiness = z.infer<typeof readinessSchema>;

/** The largest request body that the gateway takes, in bytes. */
export const BODY_LIMIT = 8 * 2 ** 20;

export const runsPath = (flow: string): string => `/v1/flows/${encodeURIComponent(flow)}/runs`;
export const runPath = (runId: string): string => `/v1/runs/${encodeURIComponent(runId)}`;
