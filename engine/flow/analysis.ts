import { z } from "zod";
import type { JsonSchema } from "../lib/json.ts";
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
  /** Keys of the ancestors whose outputs this node may reference, nearest first. */
  scope: z.array(z.string()),
  /** Keys of the nodes that this one does reference (its data lineage). */
  uses: z.array(z.string()),
});

/** All that the studio needs to draw and check a flow, computed by the host in one pure pass. */
export const flowAnalysisSchema = z.object({
  problems: z.array(problemSchema),
  nodes: z.record(z.string(), nodeAnalysisSchema),
  /** The JSON Schema of the flow's input: the start node's form. */
  input: jsonSchemaSchema,
});
export type NodeAnalysis = z.infer<typeof nodeAnalysisSchema>;
export type FlowAnalysis = z.infer<typeof flowAnalysisSchema>;
