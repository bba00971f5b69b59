import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { flowAnalysisSchema, jsonSchemaSchema } from "../flow/analysis.ts";
import { FAMILIES } from "../node/define.ts";
import { RUN_STATES, runEventSchema } from "../run/events.ts";
import { serializedErrorSchema } from "../lib/errors/error.ts";
import { LANGUAGES } from "../lib/text.ts";

/**
 * The one contract between the studio and a host. Validated at both ends; every transport carries it unchanged.
 * Errors travel as oRPC errors whose `data` is a SerializedError.
 */

const text = z.object({ en: z.string(), zh: z.string() });
const nothing = z.object({});
const done = z.object({ ok: z.literal(true) });

/** A node type as data: what palette, forms, docs and checks read. */
export const nodeTypeSchema = z.object({
  type: z.string(),
  version: z.int(),
  role: z.enum(["step", "resource", "note"]),
  family: z.enum(FAMILIES),
  icon: z.string(),
  title: text,
  description: text,
  docs: text,
  /** JSON Schema of the config, with the `heddle` field hints of engine/node/fields.ts. */
  config: jsonSchemaSchema,
  initial: z.json(),
  /** Name of the output field that streams, if one does. */
  streams: z.string().optional(),
});
export type NodeType = z.infer<typeof nodeTypeSchema>;

export const modelStatusSchema = z.object({
  id: z.string(),
  kind: z.enum(["llama", "openai-compatible"]),
  /** A name for people. */
  title: z.string(),
  /** True for the bundled demo model: the studio says plainly what it is. */
  demo: z.boolean().default(false),
  state: z.enum(["idle", "starting", "ready", "failed", "remote"]),
  device: z.string().optional(),
  /** bytes of memory of the model process */
  memory: z.number().optional(),
  contextSize: z.int().optional(),
  path: z.string().optional(),
  url: z.string().optional(),
  error: serializedErrorSchema.optional(),
  /** Roles of the project that resolve to this model. */
  roles: z.array(z.string()).default([]),
});
export type ModelStatus = z.infer<typeof modelStatusSchema>;

export const mcpToolSchema = z.object({
  name: z.string(),
  title: z.string().optional(),
  description: z.string(),
  inputSchema: jsonSchemaSchema,
});
export const mcpServerConfigSchema = z.union([
  z.looseObject({
    command: z.string(),
    args: z.array(z.string()).optional(),
    env: z.record(z.string(), z.string()).optional(),
    cwd: z.string().optional(),
  }),
  z.looseObject({
    type: z.literal("http").optional(),
    url: z.string(),
    headers: z.record(z.string(), z.string()).optional(),
  }),
]);
export type McpServerConfig = z.infer<typeof mcpServerConfigSchema>;
export const mcpServerStatusSchema = z.object({
  name: z.string(),
  config: mcpServerConfigSchema,
  transport: z.enum(["stdio", "http"]),
  state: z.enum(["stopped", "starting", "ready", "failed"]),
  tools: z.array(mcpToolSchema),
  error: serializedErrorSchema.optional(),
});
export type McpServerStatus = z.infer<typeof mcpServerStatusSchema>;

export const projectSchema = z.object({
  name: z.string(),
  path: z.string(),
  /** Model roles of heddle.yaml: role -> model id. */
  models: z.record(z.string(), z.string()),
  /** The flow that a first look at the project opens. */
  opens: z.string().optional(),
  /** Why heddle.yaml isn't used: it is missing or broken. */
  problem: serializedErrorSchema.optional(),
});
export type Project = z.infer<typeof projectSchema>;

export const flowFileSchema = z.object({
  /** The file's name without `.flow.yaml`: what the CLI and endpoints call the flow. */
  name: z.string(),
  title: z.string(),
  path: z.string(),
  /** SHA-256 of the bytes, hex. */
  revision: z.string(),
  /** Set when the file must not be written: a newer schema version, or not readable as YAML. */
  readOnly: z.enum(["newer-version"]).optional(),
  problems: z.int(),
});
export type FlowFile = z.infer<typeof flowFileSchema>;

export const runSummarySchema = z.object({
  runId: z.string(),
  flow: z.string(),
  state: z.enum(RUN_STATES),
  startedAt: z.number(),
  endedAt: z.number().optional(),
  inputTokens: z.int().default(0),
  outputTokens: z.int().default(0),
  error: serializedErrorSchema.optional(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

export const clusterStatusSchema = z.object({
  state: z.enum(["stopped", "starting", "ready", "degraded", "stopping"]),
  gateway: z.string().optional(),
  services: z.array(
    z.object({
      name: z.string(),
      state: z.enum(["starting", "ready", "failed", "stopped"]),
      url: z.string().optional(),
      detail: z.string().optional(),
    }),
  ),
});
export type ClusterStatus = z.infer<typeof clusterStatusSchema>;

/** Progress of a publish, one event a stage change; the last has `deployment` or `error`. */
export const publishEventSchema = z.object({
  stage: z.enum(["check", "bundle", "cluster", "push", "activate", "ready"]),
  state: z.enum(["running", "done", "failed"]),
  detail: z.string().optional(),
  deployment: z
    .object({
      flow: z.string(),
      revision: z.int(),
      digest: z.string(),
      endpoint: z.string(),
      /** An API key for trying, made on first publish. */
      apiKey: z.string(),
    })
    .optional(),
  error: serializedErrorSchema.optional(),
});
export type PublishEvent = z.infer<typeof publishEventSchema>;

export const contract = {
  system: {
    /** What the studio shows before anything else. */
    info: oc.input(nothing).output(
      z.object({
        version: z.string(),
        platform: z.string(),
        project: projectSchema.nullable(),
        settings: z.object({
          language: z.enum(LANGUAGES).optional(),
          theme: z.enum(["light", "dark", "system"]).optional(),
        }),
      }),
    ),
    saveSettings: oc
      .input(
        z.object({ language: z.enum(LANGUAGES).optional(), theme: z.enum(["light", "dark", "system"]).optional() }),
      )
      .output(done),
  },
  catalog: { list: oc.input(nothing).output(z.array(nodeTypeSchema)) },
  projects: {
    recent: oc.input(nothing).output(z.array(z.object({ name: z.string(), path: z.string(), exists: z.boolean() }))),
    open: oc.input(z.object({ path: z.string() })).output(projectSchema),
    /** Makes the folder with heddle.yaml, flows/ and mcp.json; with `sample`, a copy of the sample project. */
    create: oc
      .input(z.object({ path: z.string(), name: z.string(), sample: z.boolean().default(false) }))
      .output(projectSchema),
    setModelRole: oc.input(z.object({ role: z.string(), model: z.string() })).output(projectSchema),
  },
  flows: {
    list: oc.input(nothing).output(z.array(flowFileSchema)),
    read: oc.input(z.object({ name: z.string() })).output(flowFileSchema.extend({ text: z.string() })),
    /** Writes atomically. `base` is the revision that the editor started from: a different file on disk is answered with `flow.conflict`. */
    write: oc
      .input(z.object({ name: z.string(), text: z.string(), base: z.string() }))
      .output(z.object({ revision: z.string() })),
    create: oc.input(z.object({ title: z.string() })).output(flowFileSchema.extend({ text: z.string() })),
    remove: oc.input(z.object({ name: z.string() })).output(done),
    analyze: oc.input(z.object({ text: z.string() })).output(flowAnalysisSchema),
    /** Tells when a flow file changed on disk by another program (Git, an editor). */
    watch: oc.input(nothing).output(eventIterator(z.object({ name: z.string(), revision: z.string().nullable() }))),
  },
  runs: {
    /** Starts the flow as the text says (unsaved edits run too). Returns when `run.started` is recorded. */
    start: oc
      .input(z.object({ flow: z.string(), text: z.string(), input: z.json() }))
      .output(z.object({ runId: z.string() })),
    /** Recorded events after `after` (0: all), then live ones until the run ends. */
    events: oc.input(z.object({ runId: z.string(), after: z.int().default(0) })).output(eventIterator(runEventSchema)),
    cancel: oc.input(z.object({ runId: z.string() })).output(done),
    list: oc
      .input(z.object({ flow: z.string().optional(), limit: z.int().max(500).default(50) }))
      .output(z.array(runSummarySchema)),
  },
  models: {
    list: oc.input(nothing).output(z.array(modelStatusSchema)),
    /** The list, again at every change. */
    watch: oc.input(nothing).output(eventIterator(z.array(modelStatusSchema))),
    add: oc
      .input(
        z.discriminatedUnion("kind", [
          z.object({ kind: z.literal("llama"), id: z.string(), path: z.string() }),
          z.object({
            kind: z.literal("openai-compatible"),
            id: z.string(),
            url: z.string(),
            model: z.string(),
            secret: z.string().optional(),
          }),
        ]),
      )
      .output(modelStatusSchema),
    remove: oc.input(z.object({ id: z.string() })).output(done),
    /** Starts a llama process, or asks a URL for its models: the quick way to see whether it works. */
    load: oc.input(z.object({ id: z.string() })).output(modelStatusSchema),
    unload: oc.input(z.object({ id: z.string() })).output(modelStatusSchema),
  },
  tools: {
    servers: oc.input(nothing).output(z.array(mcpServerStatusSchema)),
    watch: oc.input(nothing).output(eventIterator(z.array(mcpServerStatusSchema))),
    /** Adds or replaces a server in the project's mcp.json and starts it. */
    saveServer: oc.input(z.object({ name: z.string(), config: mcpServerConfigSchema })).output(mcpServerStatusSchema),
    removeServer: oc.input(z.object({ name: z.string() })).output(done),
    restart: oc.input(z.object({ name: z.string() })).output(mcpServerStatusSchema),
    /** Tries one tool by hand. */
    call: oc
      .input(z.object({ server: z.string(), tool: z.string(), arguments: z.record(z.string(), z.json()) }))
      .output(z.object({ content: z.string(), value: z.json() })),
  },
  secrets: {
    /** Names only; values never leave the host. */
    names: oc.input(nothing).output(z.array(z.string())),
    set: oc.input(z.object({ name: z.string(), value: z.string() })).output(done),
    remove: oc.input(z.object({ name: z.string() })).output(done),
  },
  cluster: {
    watch: oc.input(nothing).output(eventIterator(clusterStatusSchema)),
    up: oc.input(nothing).output(clusterStatusSchema),
    down: oc.input(nothing).output(done),
  },
  publish: {
    /** Check, bundle, start the local cluster if it is down, push, activate. */
    start: oc.input(z.object({ flow: z.string() })).output(eventIterator(publishEventSchema)),
    /** Calls a published flow over plain HTTP with SSE, for the dialog; `answer` grows as it streams. */
    call: oc.input(z.object({ flow: z.string(), input: z.json() })).output(eventIterator(runEventSchema)),
    deployments: oc
      .input(nothing)
      .output(
        z.array(
          z.object({ flow: z.string(), revision: z.int(), digest: z.string(), endpoint: z.string(), at: z.number() }),
        ),
      ),
  },
};
export type HostContract = typeof contract;
