import type { OpenAPIV3_1 } from "openapi-types";
import type { JsonSchema } from "../../engine/lib/json.ts";
import { schemaReader, type SchemaReader } from "./json-schema.ts";

const METHODS = ["get", "put", "post", "delete", "patch", "head", "options"] as const;

export interface Parameter {
  /** Its name among the arguments: unique, where a path and a query parameter share theirs. */
  argument: string;
  name: string;
  in: "path" | "query" | "header";
  required: boolean;
  style: string | undefined;
  explode: boolean | undefined;
}

/** One call that an API offers, as a tool. */
export interface Operation {
  name: string;
  method: string;
  path: string;
  description: string;
  parameters: Parameter[];
  /** The body's media type; its content is the argument `body`. */
  bodyType: string | undefined;
  inputSchema: JsonSchema;
  outputSchema: JsonSchema | undefined;
}

/** All operations of a document whose references are resolved. */
export function readOperations(document: OpenAPIV3_1.Document): Operation[] {
  const { paths = {} } = document;
  const read = schemaReader(document);
  const found: Operation[] = [];
  for (const [path, item] of Object.entries(paths)) {
    for (const method of METHODS) {
      const operation = item?.[method];
      if (operation)
        found.push(readOperation(operation, { path, method, shared: resolved(item.parameters), taken: found, read }));
    }
  }
  return found;
}

interface Place {
  path: string;
  method: string;
  shared: OpenAPIV3_1.ParameterObject[];
  taken: readonly Operation[];
  read: SchemaReader;
}

function readOperation(
  operation: OpenAPIV3_1.OperationObject,
  { path, method, shared, taken, read }: Place,
): Operation {
  const own = resolved(operation.parameters);
  const all = [...shared.filter((one) => !own.some((other) => other.name === one.name && other.in === one.in)), ...own];
  const usable = all.filter((parameter) => ["path", "query", "header"].includes(parameter.in));
  const parameters = usable.map((parameter, index) => readParameter(parameter, usable.slice(0, index)));
  const body = contentOf(operation.requestBody, read);
  const properties: Record<string, JsonSchema> = {};
  usable.forEach((parameter, index) => {
    const schema = read(parameter.schema ?? Object.values(parameter.content ?? {})[0]?.schema);
    const { description } = parameter;
    properties[parameters[index]!.argument] = { ...schema, ...(description && { description }) };
  });
  if (body) properties["body"] = body.schema;
  const required = parameters.filter((parameter) => parameter.required).map(({ argument }) => argument);
  if (body?.required) required.push("body");
  return {
    name: freeName(operation.operationId ?? `${method}${path}`, taken),
    method: method.toUpperCase(),
    path,
    description:
      [operation.summary, operation.description].filter(Boolean).join("\n\n") || `${method.toUpperCase()} ${path}`,
    parameters,
    bodyType: body?.type,
    inputSchema: { type: "object", properties, required, additionalProperties: false },
    outputSchema: answerSchema(operation.responses, read),
  };
}

/** What is a reference still is one to itself, and can't be used. */
function resolved(parameters: OpenAPIV3_1.OperationObject["parameters"] = []): OpenAPIV3_1.ParameterObject[] {
  return parameters.filter((parameter): parameter is OpenAPIV3_1.ParameterObject => "name" in parameter);
}

function readParameter(
  parameter: OpenAPIV3_1.ParameterObject,
  before: readonly OpenAPIV3_1.ParameterObject[],
): Parameter {
  const { name, required = false, style, explode } = parameter;
  const place = parameter.in as Parameter["in"];
  const isTaken = name === "body" || before.some((other) => other.name === name);
  return { argument: isTaken ? `${name}_${place}` : name, name, in: place, required, style, explode };
}

interface Body {
  type: string;
  schema: JsonSchema;
  required: boolean;
}

function contentOf(body: OpenAPIV3_1.OperationObject["requestBody"], read: SchemaReader): Body | undefined {
  if (!body || !("content" in body)) return undefined;
  const types = Object.keys(body.content);
  const type = types.find(isJson) ?? types.find((name) => name.includes("x-www-form-urlencoded")) ?? types[0];
  if (type === undefined) return undefined;
  return { type, schema: read(body.content[type]?.schema), required: body.required ?? false };
}

export const isJson = (type: string): boolean => /[/+]json\b/i.test(type);

function answerSchema(responses: OpenAPIV3_1.ResponsesObject = {}, read: SchemaReader): JsonSchema | undefined {
  const success =
    Object.keys(responses)
      .toSorted()
      .find((status) => /^2(?:\d\d|XX)$/i.test(status)) ?? "default";
  const answer = responses[success];
  if (!answer || !("content" in answer)) return undefined;
  const type = Object.keys(answer.content ?? {}).find(isJson);
  return type === undefined ? undefined : read(answer.content?.[type]?.schema);
}

/** Letters that every model API takes. */
function freeName(wanted: string, taken: readonly Operation[]): string {
  const plain = wanted
    .replace(/[^A-Za-z0-9_-]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 64);
  let name = plain;
  for (let n = 2; taken.some((other) => other.name === name); n++) name = `${plain.slice(0, 60)}_${n}`;
  return name;
}
