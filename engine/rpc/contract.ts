import { eventIterator, oc } from "@orpc/contract";
import { z } from "zod";
import { flowAnalysisSchema, jsonSchemaSchema } from "../flow/analysis.ts";
import { TRIGGER_KINDS } from "../flow/node-types.ts";
import { FAMILIES } from "../node/define.ts";
import { waitSchema } from "../node/operation.ts";
import { debugSchema } from "../run/debug.ts";
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
  trigger: z.enum(TRIGGER_KINDS).optional(),
  /** Where it comes from, when it isn't built in. */
  origin: z.object({ kind: z.enum(["folder", "package"]), name: z.string() }).optional(),
});
export type NodeType = z.infer<typeof nodeTypeSchema>;

/** A node of the project's folder or packages that couldn't be loaded: listed, so that its author sees why. */
export const brokenNodeSchema = z.object({
  origin: z.object({ kind: z.enum(["folder", "package"]), name: z.string() }),
  error: serializedErrorSchema,
});
export type BrokenNode = z.infer<typeof brokenNodeSchema>;

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
  /** The trigger that it began with. */
  trigger: z.string().optional(),
  /** The run that it was forked from or replays. */
  origin: z.object({ runId: z.string(), kind: z.enum(["fork", "replay", "child"]) }).optional(),
});
export type RunSummary = z.infer<typeof runSummarySchema>;

/** What a run waits for now: a line of the inbox, an event that hasn't come, a breakpoint. */
export const openWaitSchema = z.object({
  runId: z.string(),
  flow: z.string(),
  path: z.string(),
  node: z.string(),
  wait: waitSchema,
  since: z.number(),
  until: z.number().optional(),
});
export type OpenWait = z.infer<typeof openWaitSchema>;

/** How two runs differ at one step; a side without it didn't get there. */
export const stepDifferenceSchema = z.object({
  path: z.string(),
  node: z.string(),
  kind: z.enum(["same", "changed", "only-left", "only-right"]),
  /** What differs: input, output, port, state. */
  fields: z.array(z.string()),
  left: z.json().optional(),
  right: z.json().optional(),
});
export type StepDifference = z.infer<typeof stepDifferenceSchema>;

/** A trigger of a flow file and whether this host listens to it. */
export const triggerStatusSchema = z.object({
  flow: z.string(),
  node: z.string(),
  kind: z.enum(TRIGGER_KINDS),
  title: z.string(),
  /** Switched on by the user, per flow. */
  active: z.boolean(),
  /** Where a webhook or an MCP client calls. */
  url: z.string().optional(),
  /** The next times of a schedule, in ms since 1970. */
  next: z.array(z.number()).default([]),
  lastFiredAt: z.number().optional(),
  lastRunId: z.string().optional(),
  error: serializedErrorSchema.optional(),
});
export type TriggerStatus = z.infer<typeof triggerStatusSchema>;

/** A flow as a tool for MCP clients. */
export const flowToolSchema = z.object({
  flow: z.string(),
  node: z.string(),
  name: z.string(),
  title: z.string(),
  description: z.string(),
  input: jsonSchemaSchema,
  output: jsonSchemaSchema,
});
export type FlowTool = z.infer<typeof flowToolSchema>;

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

/** Which ended runs a project keeps. */
const keptRunsSchema = z.object({ days: z.int().min(1).max(3_650), runs: z.int().min(1).max(1_000_000) });

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
          /** Ended runs older than so many days go, and of each flow the oldest beyond so many. */
          keptRuns: keptRunsSchema.optional(),
        }),
      }),
    ),
    saveSettings: oc
      .input(
        z.object({
          language: z.enum(LANGUAGES).optional(),
          theme: z.enum(["light", "dark", "system"]).optional(),
          keptRuns: keptRunsSchema.optional(),
        }),
      )
      .output(done),
  },
  catalog: {
    list: oc.input(nothing).output(z.array(nodeTypeSchema)),
    /** Third-party nodes that couldn't be loaded. */
    broken: oc.input(nothing).output(z.array(brokenNodeSchema)),
    /** Loads the project's third-party nodes anew; the list is then to be read again. */
    reload: oc.input(nothing).output(done),
  },
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
    /** `flow`: its name, so that a flow that runs itself is seen. */
    analyze: oc.input(z.object({ text: z.string(), flow: z.string().optional() })).output(flowAnalysisSchema),
    /** Tells when a flow file changed on disk by another program (Git, an editor). */
    watch: oc.input(nothing).output(eventIterator(z.object({ name: z.string(), revision: z.string().nullable() }))),
  },
  runs: {
    /** Starts the flow as the text says (unsaved edits run too). Returns when `run.started` is recorded. */
    start: oc
      .input(
        z.object({
          flow: z.string(),
          text: z.string(),
          input: z.json(),
          trigger: z.string().optional(),
          debug: debugSchema.optional(),
        }),
      )
      .output(z.object({ runId: z.string() })),
    /**
     * A new run of the flow as the text says, with the results that an earlier run recorded, except at `from` and what comes after it.
     * Without `from`: everything that the edits since then can't have changed stands (edit and continue).
     */
    fork: oc
      .input(
        z.object({
          runId: z.string(),
          text: z.string(),
          from: z.string().optional(),
          input: z.json().optional(),
          debug: debugSchema.optional(),
        }),
      )
      .output(z.object({ runId: z.string(), reused: z.array(z.string()) })),
    /** Plays a recorded run again from its journal, executing nothing; `diverged` says where the engine of today would go another way. */
    replay: oc
      .input(z.object({ runId: z.string() }))
      .output(z.object({ runId: z.string(), diverged: z.string().optional() })),
    compare: oc.input(z.object({ left: z.string(), right: z.string() })).output(z.array(stepDifferenceSchema)),
    /** Answers a wait: a task, a breakpoint (`continueSchema`). */
    answer: oc.input(z.object({ runId: z.string(), path: z.string(), value: z.json() })).output(done),
    /** The whole of a value that events show the beginning of. */
    value: oc.input(z.object({ runId: z.string(), digest: z.string() })).output(z.json()),
    /** The flow as it was when the run started, as the text of a file. */
    flowText: oc.input(z.object({ runId: z.string() })).output(z.object({ text: z.string() })),
    remove: oc.input(z.object({ runId: z.string() })).output(done),
    /** Removes ended runs older than so many days, and of each flow the oldest beyond so many; left out: as the settings say. */
    prune: oc
      .input(z.object({ days: z.int().min(0).optional(), runs: z.int().min(0).optional() }))
      .output(z.object({ removed: z.int() })),
    /** Recorded events after `after` (0: all), then, unless `live` is false, live ones until the run ends. */
    events: oc
      .input(z.object({ runId: z.string(), after: z.int().default(0), live: z.boolean().default(true) }))
      .output(eventIterator(runEventSchema)),
    /** The same for windows: what happens within one frame of a screen comes together, so that a fast run doesn't flood them. */
    follow: oc
      .input(z.object({ runId: z.string(), after: z.int().default(0) }))
      .output(eventIterator(z.array(runEventSchema))),
    cancel: oc.input(z.object({ runId: z.string() })).output(done),
    list: oc
      .input(z.object({ flow: z.string().optional(), limit: z.int().max(500).default(50) }))
      .output(z.array(runSummarySchema)),
  },
  inbox: {
    /** Tasks that wait for a person, oldest first. */
    list: oc.input(nothing).output(z.array(openWaitSchema)),
    watch: oc.input(nothing).output(eventIterator(z.array(openWaitSchema))),
  },
  events: {
    /** Wakes the runs that wait for this event. The same `id` counts once. An event that nobody waits for is kept for a day. */
    send: oc
      .input(z.object({ event: z.string(), key: z.string().optional(), payload: z.json(), id: z.string().optional() }))
      .output(z.object({ delivered: z.int() })),
  },
  triggers: {
    list: oc.input(nothing).output(z.array(triggerStatusSchema)),
    watch: oc.input(nothing).output(eventIterator(z.array(triggerStatusSchema))),
    /** Switches all triggers of a flow on or off. The flow runs as its file is at the time. */
    setActive: oc.input(z.object({ flow: z.string(), active: z.boolean() })).output(z.array(triggerStatusSchema)),
    /** The active flows that MCP clients may call, as tools. */
    tools: oc.input(nothing).output(z.array(flowToolSchema)),
    /** Starts a run as a trigger of an active flow would; the same `key` starts one only. */
    fire: oc
      .input(z.object({ flow: z.string(), node: z.string(), input: z.json(), key: z.string().optional() }))
      .output(z.object({ runId: z.string() })),
  },
  conversations: {
    /** A chat trigger's conversations, the latest first. */
    list: oc
      .input(z.object({ flow: z.string() }))
      .output(z.array(z.object({ id: z.string(), title: z.string(), at: z.number(), turns: z.int() }))),
    read: oc
      .input(z.object({ flow: z.string(), id: z.string() }))
      .output(
        z.array(z.object({ role: z.enum(["user", "assistant"]), text: z.string(), runId: z.string().optional() })),
      ),
    remove: oc.input(z.object({ flow: z.string(), id: z.string() })).output(done),
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
