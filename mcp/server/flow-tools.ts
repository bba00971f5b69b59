import type { Tool } from "@modelcontextprotocol/sdk/types.js";
import type { FlowTool } from "../../engine/rpc/contract.ts";
import { isJsonObject, type JsonObject, type JsonSchema, type JsonValue } from "../../engine/lib/json.ts";

/** A flow as MCP clients see it. The result's form is told where it is an object: others travel as text alone. */
export function toolOf({ name, title, description, input, output }: FlowTool): Tool {
  return {
    name,
    title,
    description,
    inputSchema: objectSchema(input) ?? { type: "object" },
    ...(objectSchema(output) && { outputSchema: objectSchema(output)! }),
  };
}

/** Whether a flow's result travels as data too. */
export const isStructured = ({ output }: FlowTool): boolean => objectSchema(output) !== undefined;

function objectSchema(schema: JsonSchema): Tool["inputSchema"] | undefined {
  if (schema.type !== "object") return undefined;
  return withoutHints(schema as JsonValue) as Tool["inputSchema"];
}

/** Heddle's own hints mean nothing to other programs. */
function withoutHints(schema: JsonValue): JsonValue {
  if (Array.isArray(schema)) return schema.map(withoutHints);
  if (!isJsonObject(schema)) return schema;
  const { heddle: _, properties, ...rest } = schema;
  return {
    ...mapValues(rest),
    // The names in there are the author's.
    ...(isJsonObject(properties) && { properties: mapValues(properties) }),
  };
}

const mapValues = (object: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(object).map(([key, value]) => [key, withoutHints(value)]));
