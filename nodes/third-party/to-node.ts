import { z } from "zod";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { JsonSchema, JsonValue } from "../../engine/lib/json.ts";
import { isJsonObject } from "../../engine/lib/json.ts";
import type { Text } from "../../engine/lib/text.ts";
import { defineNode, type AnyNode, type NodeArguments } from "../../engine/node/define.ts";
import type { NodeResult, StepContext } from "../../engine/node/operation.ts";
import { RemoteError } from "../isolated/channel.ts";
import { ProcessEnded } from "../isolated/isolated-process.ts";
import { mismatch } from "../schema-check.ts";
import { declarationSchema, permissionsText, resultSchema, type Declaration } from "./declaration.ts";
import type { Source } from "./discover.ts";
import type { OriginHost } from "./origin-host.ts";

export interface NodeMaking {
  source: Source;
  host: OriginHost;
  onLog(type: string, line: string): void;
}

/** Makes a node of what a source declares. @throws Error that says in words what is wrong with the declaration */
export function toNode(declared: unknown, making: NodeMaking): AnyNode {
  const parsed = declarationSchema.safeParse(declared);
  if (!parsed.success) throw new Error(firstIssue(parsed.error));
  const declaration = parsed.data;
  const { source } = making;
  const bare = declaration.type.slice(declaration.type.indexOf(":") + 1);
  const type = `${source.prefix}:${bare}`;
  if (declaration.type !== bare && declaration.type !== type)
    throw new Error(`its type “${declaration.type}” must be “${bare}”, which becomes “${type}”`);
  const config = configSchema(declaration.config);
  const initial = parseConfig(config, declaration.initial ?? {}, "initial");
  for (const sample of declaration.samples) parseConfig(config, sample.config, `the sample “${sample.name}”`);
  checkSchema(declaration.output, "output");
  return defineNode<JsonValue>({
    role: "step",
    type,
    version: declaration.version,
    family: declaration.family,
    icon: declaration.icon,
    title: declaration.title,
    description: declaration.description,
    docs: docsOf(declaration, source),
    config,
    initial,
    effects: true,
    output: () => declaration.output,
    ...(declaration.ports && { ports: () => ports(declaration) }),
    summary: (values) => summaryOf(declaration, values),
    run: (args, ctx) => runIsolated({ declaration, type, making }, args, ctx),
    samples: declaration.samples.map(({ name, config, output, port }) => ({
      name,
      config,
      ...(output !== undefined && { output }),
      ...(port !== undefined && { port }),
    })),
    origin: source.origin,
  });
}

const ports = ({ ports = [] }: Declaration) => ports.map(({ id, label }) => ({ id, ...(label && { label }) }));

function configSchema(schema: JsonSchema): z.ZodType<JsonValue> {
  if (schema.type !== "object") throw new Error("its config must be the schema of an object");
  return checkSchema(schema, "config");
}

function checkSchema(schema: JsonSchema, what: string): z.ZodType<JsonValue> {
  try {
    return z.fromJSONSchema(schema as Parameters<typeof z.fromJSONSchema>[0]) as z.ZodType<JsonValue>;
  } catch (error) {
    throw new Error(`its ${what} is not a JSON Schema that works here: ${(error as Error).message}`, { cause: error });
  }
}

function parseConfig(schema: z.ZodType<JsonValue>, value: JsonValue, what: string): JsonValue {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw new Error(`${what} doesn’t fit its config: ${firstIssue(parsed.error)}`);
  return parsed.data;
}

function firstIssue(error: z.ZodError): string {
  const { path, message } = error.issues[0]!;
  return path.length > 0 ? `${path.join(".")}: ${message}` : message;
}

function docsOf({ docs, description, permissions }: Declaration, { origin }: Source): Text {
  const may = permissionsText(permissions);
  const own = docs ?? description;
  return {
    en: `${own.en}\n\n---\n\nFrom \`${origin.name}\`; not a part of Heddle. ${may.en}`,
    zh: `${own.zh}\n\n---\n\n来自 \`${origin.name}\`，不属于 Heddle。${may.zh}`,
  };
}

function summaryOf({ summary, title }: Declaration, config: JsonValue): Text {
  const fill = (words: string) =>
    words.replace(/\{(\w+)\}/g, (place, name: string) => {
      const value = isJsonObject(config) ? config[name] : undefined;
      return value === undefined ? place : `**${typeof value === "string" ? value : JSON.stringify(value)}**`;
    });
  return summary ? { en: fill(summary.en), zh: fill(summary.zh) } : title;
}

interface Isolated {
  declaration: Declaration;
  type: string;
  making: NodeMaking;
}

async function runIsolated(
  { declaration, type, making }: Isolated,
  { config, input }: NodeArguments<JsonValue>,
  ctx: StepContext,
): Promise<NodeResult> {
  const origin = making.source.origin.name;
  const timeout = AbortSignal.timeout(declaration.timeout * 1000);
  const job = { origin, permissions: declaration.permissions, ctx, log: (line: string) => making.onLog(type, line) };
  try {
    const call = { type: declaration.type, config, input };
    return checkResult(await making.host.run(call, job, AbortSignal.any([ctx.signal, timeout])), declaration);
  } catch (error) {
    ctx.signal.throwIfAborted();
    const facts = { type, origin };
    if (timeout.aborted)
      throw new HeddleError("third-party.timeout", { ...facts, limit: declaration.timeout }, { cause: error });
    if (error instanceof ProcessEnded)
      throw new HeddleError("third-party.crashed", { ...facts, detail: error.detail }, { cause: error });
    if (error instanceof BadResult)
      throw new HeddleError("third-party.bad-result", { ...facts, detail: error.message });
    if (error instanceof HeddleError && OURS.test(error.code)) throw error;
    throw failed(error, facts);
  }
}

/** What Heddle itself answered the node with. Other codes it could only have made up. */
const OURS = /^(?:file|secret|http)\.|^third-party\.denied$/;

function failed(error: unknown, facts: { type: string; origin: string }): HeddleError {
  const { name, message } = error instanceof Error ? error : { name: "Error", message: String(error) };
  const detail = name === "NodeError" ? message : `${name}: ${message}`;
  const retryable = error instanceof RemoteError && error.retryable;
  return new HeddleError("third-party.failed", { ...facts, detail }, { cause: error, retryable });
}

class BadResult extends Error {}

function checkResult(value: unknown, { output, ports }: Declaration): NodeResult {
  const parsed = resultSchema.safeParse(value);
  if (!parsed.success) throw new BadResult(`run() must return { output } of plain data (${firstIssue(parsed.error)})`);
  const { output: result, port } = parsed.data;
  const known = ports?.map(({ id }) => id) ?? ["out"];
  if (port !== undefined && !known.includes(port)) throw new BadResult(`there is no way out named “${port}”`);
  const difference = mismatch(output, result);
  if (difference !== undefined) throw new BadResult(difference);
  return { output: result, ...(port !== undefined && { port }) };
}
