import { z } from "zod";
import type { JsonSchema } from "../lib/json.ts";
import { TRIGGER_KINDS } from "./node-types.ts";
import { problemSchema } from "./problem.ts";

const textSchema = z.object({ en: z.string(), zh: z.string() });
export const jsonSchemaSchema: z.ZodType<JsonSchema> = z.record(z.string(), z.unknown()) as z.ZodType<JsonSchema>;

export const nodeAnalysisSchema = z.object({
  role: z.enum(["step", "resource", "note"]),
  hasInput: z.boolean(),
  ports: z.array(z.object({ id: z.string(), label: textSchema.optional() })),
  slots: z.array(z.object({ slot: z.string(), accepts: z.enum(["tools", "model", "knowledge"]), label: textSchema })),
  provides: z.enum(["tools", "model", "knowledge"]).optional(),
  output: jsonSchemaSchema,
  summary: textSchema,
  /** The container that it is in. */
  parent: z.string().optional(),
  /** Set for a container: the names that its body's steps may refer to. */
  body: z
    .object({
      locals: z.record(z.string(), jsonSchemaSchema),
      parallel: z.boolean().optional(),
      repeats: z.object({ count: z.string(), until: z.string(), state: z.string(), next: z.string() }).optional(),
    })
    .optional(),
  answers: z.literal(true).optional(),
  trigger: z.enum(TRIGGER_KINDS).optional(),
  handlesFailure: z.literal(true).optional(),
  assigns: z.literal(true).optional(),
  /** Names that it may refer to beside steps: `item`, `index`, `state` of the containers around it, `vars`. */
  locals: z.record(z.string(), jsonSchemaSchema).default({}),
  /** Keys of the ancestors whose outputs this node may reference, nearest first. */
  scope: z.array(z.string()),
  /** Keys of the nodes that this one does reference (its data lineage). */
  uses: z.array(z.string()),
});

/** All that the studio needs to draw and check a flow, computed by the host in one pure pass. */
export const flowAnalysisSchema = z.object({
  problems: z.array(problemSchema),
  nodes: z.record(z.string(), nodeAnalysisSchema),
  /** The JSON Schema of the flow's input: of the trigger that a run by hand begins with. */
  input: jsonSchemaSchema,
  /** The JSON Schema of a run's output. */
  output: jsonSchemaSchema,
  /** What can begin a run, the one that a run by hand begins with first. */
  triggers: z.array(z.object({ key: z.string(), kind: z.enum(TRIGGER_KINDS), input: jsonSchemaSchema })),
});
export type NodeAnalysis = z.infer<typeof nodeAnalysisSchema>;
export type FlowAnalysis = z.infer<typeof flowAnalysisSchema>;
