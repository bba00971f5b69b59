import { z } from "zod";
import { flowNodeSchema, nodeKeySchema } from "./schema.ts";

const positionSchema = z.tuple([z.number(), z.number()]);
const edgeSchema = z.object({ from: nodeKeySchema, port: z.string(), to: nodeKeySchema });
const bindingSchema = z.object({ from: nodeKeySchema, to: nodeKeySchema, slot: z.string() });

/**
 * The edits of a flow. Each is applied by `applyCommand`, which returns the new flow and the inverse command; undo is the list of those.
 * `configure` sets or (without `value`) deletes one place of a node; its path starts at the node: `["config", "labels", "billing"]`, `["title"]`.
 */
const simpleCommands = [
  z.object({ do: z.literal("node.add"), key: nodeKeySchema, node: flowNodeSchema, at: positionSchema }),
  z.object({ do: z.literal("node.remove"), key: nodeKeySchema }),
  z.object({ do: z.literal("node.move"), positions: z.record(z.string(), positionSchema) }),
  z.object({ do: z.literal("node.rename"), from: nodeKeySchema, to: nodeKeySchema }),
  z.object({
    do: z.literal("node.configure"),
    key: nodeKeySchema,
    path: z.array(z.union([z.string(), z.int()])).min(1),
    value: z.json().optional(),
  }),
  z.object({ do: z.literal("edge.connect"), edge: edgeSchema }),
  z.object({ do: z.literal("edge.disconnect"), edge: edgeSchema }),
  z.object({ do: z.literal("binding.bind"), binding: bindingSchema }),
  z.object({ do: z.literal("binding.unbind"), binding: bindingSchema }),
  z.object({ do: z.literal("flow.describe"), name: z.string().min(1), description: z.string().optional() }),
] as const;

const simpleCommandSchema = z.discriminatedUnion("do", simpleCommands);
export type SimpleCommand = z.infer<typeof simpleCommandSchema>;

/** Several edits that are one for undo: applied in order, undone in reverse. */
export type FlowCommand = SimpleCommand | { do: "batch"; commands: FlowCommand[] };

export const flowCommandSchema: z.ZodType<FlowCommand> = z.union([
  simpleCommandSchema,
  z.object({ do: z.literal("batch"), commands: z.array(z.lazy(() => flowCommandSchema)) }),
]);
