import { isJsonObject, type JsonObject, type JsonSchema, type JsonValue } from "../lib/json.ts";
import { suggest } from "../lib/suggest.ts";
import type { FlowCommand } from "./commands.ts";
import { pathText } from "./field-sites.ts";
import type { NodeInfo } from "./node-info.ts";
import type { FieldSite, FlowLibrary } from "./node-types.ts";
import { problem, type Problem } from "./problem.ts";
import type { FlowNode } from "./schema.ts";

interface Caller {
  node: FlowNode;
  info: NodeInfo;
  wired: boolean;
}

/**
 * What is wrong with what a step hands to the flows that it runs: a field that the flow must have is missing (a warning while nothing
 * leads to the step yet), one is there that the flow doesn't take. An input that is a reference as a whole is only known as the run goes on.
 */
export function checkHandedOver(key: string, caller: Caller, flows: FlowLibrary | undefined): Problem[] {
  return caller.info.flows.flatMap((site) => {
    const schema = flows?.get(site.value)?.input;
    if (site.takes === undefined || !schema) return [];
    const keys = [...site.keys.slice(0, -1), site.takes];
    const input = valueAt(caller.node.config ?? {}, keys) ?? {};
    if (!isJsonObject(input)) return [];
    const handed = { key, keys, site, schema, input };
    return [...missing(handed, caller.wired), ...unknown(handed)];
  });
}

interface Handed {
  key: string;
  /** Where the input stands in the config. */
  keys: readonly (string | number)[];
  site: FieldSite;
  schema: JsonSchema;
  input: JsonObject;
}

function missing({ key, keys, site, schema, input }: Handed, wired: boolean): Problem[] {
  const place = { node: key, field: pathText(keys) };
  return (schema.required ?? [])
    .filter((field) => !Object.hasOwn(input, field))
    .map((field) => problem("flow.input-missing", wired ? "error" : "warning", { flow: site.value, field }, place));
}

function unknown(handed: Handed): Problem[] {
  const { schema, input } = handed;
  if (schema.additionalProperties !== false) return [];
  const known = Object.keys(schema.properties ?? {});
  return Object.keys(input)
    .filter((field) => !known.includes(field))
    .map((field) => unknownField(handed, field, known));
}

function unknownField({ key, keys, site, input }: Handed, field: string, known: readonly string[]): Problem {
  const path = ["config", ...keys];
  const remove: FlowCommand = { do: "node.configure", key, path: [...path, field] };
  const place = { node: key, field: pathText([...keys, field]) };
  const free = known.filter((name) => !Object.hasOwn(input, name));
  const near = suggest(field, free);
  if (near === undefined) {
    const fixes = [{ label: "fix.remove-field", params: { field }, command: remove }];
    return problem("flow.input-unknown", "error", { flow: site.value, field }, { ...place, fixes });
  }
  const add: FlowCommand = { do: "node.configure", key, path: [...path, near], value: input[field]! };
  const fixes = [
    { label: "fix.rename", params: { to: near }, command: { do: "batch" as const, commands: [remove, add] } },
  ];
  return problem("flow.input-unknown-near", "error", { flow: site.value, field, near }, { ...place, fixes });
}

function valueAt(config: JsonValue, keys: readonly (string | number)[]): JsonValue | undefined {
  return keys.reduce<JsonValue | undefined>((at, key) => {
    if (Array.isArray(at) && typeof key === "number") return at[key];
    return isJsonObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  }, config);
}
