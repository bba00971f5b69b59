import { z } from "zod";
import { flowNodeSchema, nodeKeySchema } from "./schema.ts";

const positionSchema = z.tuple([z.number(), z.number()]);
const edgeSchema = z.object({ from: z.string(), port: z.string(), to: z.string() });
const bindingSchema = z.object({ from: z.string(), to: z.string(), slot: z.string() });

/** Where among its siblings something is put back; left out, it comes last. */
const index = z.int().nonnegative().optional();

/**
 * The edits of a flow. Each is applied by `applyCommand`, which returns the new flow and the inverse command; undo is the list of those.
 * `node.configure` sets or (without `value`) deletes one place of a node; its path starts at the node: `["config", "labels", "billing"]`,
 * `["title"]`. `node.rename` also rewrites every reference; `port.rename` moves the edges of a port whose id changed, and
 * `field.rename` rewrites the references to a field of a node's output that got another name.
 */
const simpleCommands = [
  z.object({
    do: z.literal("node.add"),
    key: z.string(),
    node: flowNodeSchema,
    /** The container whose body it joins. */
    parent: z.string().optional(),
    at: positionSchema.optional(),
    index,
    layoutIndex: index,
  }),
  /** Removes the node, its wires and, of a container, its body. */
  z.object({ do: z.literal("node.remove"), key: z.string() }),
  /** Moves a node (with its body) into a container, or out to the flow itself (null). Wires that would cross a border then are cut. */
  z.object({ do: z.literal("node.reparent"), key: z.string(), parent: z.string().nullable(), index }),
  /** A node without a position is laid out automatically: null takes the position away. */
  z.object({ do: z.literal("node.move"), positions: z.record(z.string(), positionSchema.nullable()), index }),
  z.object({ do: z.literal("node.rename"), from: z.string(), to: nodeKeySchema }),
  z.object({
    do: z.literal("node.configure"),
    key: z.string(),
    path: z.array(z.union([z.string(), z.int()])).min(1),
    value: z.json().optional(),
    index,
  }),
  z.object({ do: z.literal("field.rename"), key: z.string(), from: z.string(), to: z.string() }),
  z.object({ do: z.literal("port.rename"), key: z.string(), from: z.string(), to: z.string() }),
  z.object({ do: z.literal("edge.connect"), edge: edgeSchema, index }),
  z.object({ do: z.literal("edge.disconnect"), edge: edgeSchema }),
  z.object({ do: z.literal("binding.bind"), binding: bindingSchema, index }),
  z.object({ do: z.literal("binding.unbind"), binding: bindingSchema }),
  z.object({ do: z.literal("flow.describe"), name: z.string(), description: z.string().optional() }),
] as const;

const simpleCommandSchema = z.discriminatedUnion("do", simpleCommands);
export type SimpleCommand = z.infer<typeof simpleCommandSchema>;

/** Several edits that are one for undo: applied in order, undone in reverse. */
export type FlowCommand = SimpleCommand | { do: "batch"; commands: FlowCommand[] };

export const flowCommandSchema: z.ZodType<FlowCommand> = z.union([
  simpleCommandSchema,
  z.object({ do: z.literal("batch"), commands: z.array(z.lazy(() => flowCommandSchema)) }),
]);
