import type { z } from "zod";
import type { NodeContext, NodeOutput } from "./kit.ts";

/** A node as its author's file exports it, with as much checked as is needed to call it. */
export interface Declared {
  type: string;
  config: unknown;
  output?: unknown;
  run(args: { config: unknown; input: unknown }, context: NodeContext): Promise<NodeOutput> | NodeOutput;
}

export function isDeclaration(value: unknown): value is Declared {
  if (typeof value !== "object" || value === null) return false;
  return "type" in value && typeof value.type === "string" && "run" in value && typeof value.run === "function";
}

/** The declaration as data: schemas become JSON Schema, functions stay here. */
export async function describeNode(declaration: Declared): Promise<unknown> {
  const { run: _run, ...rest } = declaration;
  const output = rest.output === undefined ? undefined : await toJsonSchema(rest.output);
  const data = { ...rest, config: await toJsonSchema(rest.config), ...(output !== undefined && { output }) };
  return JSON.parse(JSON.stringify(data)) as unknown;
}

/** A zod schema of the author's also checks, and fills in, what JSON Schema can't say. */
export function parseConfig({ config }: Declared, value: unknown): unknown {
  return isZod(config) ? config.parse(value) : value;
}

/** Most nodes bring JSON Schema; the library for the others is loaded when one comes. */
async function toJsonSchema(schema: unknown): Promise<unknown> {
  if (!isZod(schema)) return schema;
  const { z } = await import("zod");
  return z.toJSONSchema(schema, { io: "input", unrepresentable: "any", reused: "inline" });
}

/** A zod 4 schema, also one of another copy of zod. */
function isZod(schema: unknown): schema is z.ZodType {
  return typeof schema === "object" && schema !== null && "_zod" in schema;
}
