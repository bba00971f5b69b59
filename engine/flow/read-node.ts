import type { ErrorCode } from "../lib/errors/catalog.ts";
import { isJsonObject, type JsonObject, type JsonValue } from "../lib/json.ts";
import { problem, type Problem } from "./problem.ts";
import { durationSchema, retrySchema, type FlowNode } from "./schema.ts";

/** What to say when a reserved key beside `config` holds something else than it should. */
const FIELD_PROBLEMS: Readonly<Record<string, ErrorCode>> = {
  title: "flow.node-text",
  note: "flow.node-text",
  disabled: "flow.node-disabled",
  config: "flow.node-config",
  retry: "flow.node-retry",
  timeout: "flow.node-timeout",
  join: "flow.node-join",
};

/** The value comes from a parsed file, so it is JSON already: only its form is checked. */
const ACCEPTS: Readonly<Record<string, (value: JsonValue) => boolean>> = {
  type: (value) => typeof value === "string",
  title: (value) => typeof value === "string",
  note: (value) => typeof value === "string",
  disabled: (value) => typeof value === "boolean",
  config: isJsonObject,
  retry: (value) => retrySchema.safeParse(value).success,
  timeout: (value) => durationSchema.safeParse(value).success,
  join: (value) => value === "all" || value === "any",
};

/**
 * A node as far as it can be understood. A key whose value isn't what it should be is left out, with a problem; in the file it stays.
 * A node without a type is kept with the type "".
 */
export function readNode(key: string, value: JsonValue, report: (found: Problem, path: string[]) => void): FlowNode {
  if (!isJsonObject(value)) {
    report(problem("flow.node-shape", "error", { node: key }, { node: key }), []);
    return { type: "" };
  }
  const node: JsonObject = {};
  for (const [name, part] of Object.entries(value)) {
    if (accepts(name, part)) node[name] = part;
    else if (name !== "type") report(fieldProblem(key, name), [name]);
  }
  if (typeof node["type"] === "string" && node["type"] !== "") return node as FlowNode;
  report(problem("flow.no-type", "error", { node: key }, { node: key }), ["type"]);
  return { type: "", ...node };
}

function fieldProblem(key: string, field: string): Problem {
  return problem(FIELD_PROBLEMS[field] ?? "flow.node-text", "error", { node: key, field }, { node: key });
}

function accepts(name: string, value: JsonValue): boolean {
  return !Object.hasOwn(ACCEPTS, name) || ACCEPTS[name]!(value);
}
