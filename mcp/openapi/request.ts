import type { JsonObject, JsonValue } from "../../engine/lib/json.ts";
import { isJsonObject } from "../../engine/lib/json.ts";
import { isJson, type Operation, type Parameter } from "./operations.ts";

export interface ApiRequest {
  method: string;
  url: URL;
  headers: Headers;
  body?: string;
}

/** A call of an operation as an HTTP request: https://spec.openapis.org/oas/v3.1.1#style-values */
export function toRequest(operation: Operation, args: JsonObject, server: string): ApiRequest {
  const headers = new Headers();
  const query = new URLSearchParams();
  let { path } = operation;
  for (const parameter of operation.parameters) {
    const value = args[parameter.argument];
    if (value === undefined || value === null) continue;
    if (parameter.in === "path") path = path.replaceAll(`{${parameter.name}}`, pathText(value));
    else if (parameter.in === "header") headers.set(parameter.name, plainText(value));
    else for (const [name, text] of queryPairs(parameter, value)) query.append(name, text);
  }
  const url = new URL(server.replace(/\/+$/, "") + path);
  for (const [name, text] of query) url.searchParams.append(name, text);
  const body = bodyText(operation, args["body"]);
  if (body !== undefined && operation.bodyType) headers.set("content-type", operation.bodyType);
  return { method: operation.method, url, headers, ...(body !== undefined && { body }) };
}

const plainText = (value: JsonValue): string => {
  if (Array.isArray(value)) return value.map(plainText).join(",");
  return typeof value === "string" ? value : JSON.stringify(value);
};

/** Of a path segment nothing may become another one: dots too would lead elsewhere. */
function pathText(value: JsonValue): string {
  const text = encodeURIComponent(plainText(value));
  return /^\.{1,2}$/.test(text) ? text.replaceAll(".", "%252E") : text;
}

function queryPairs(
  { name, style = "form", explode = style === "form" }: Parameter,
  value: JsonValue,
): [string, string][] {
  if (Array.isArray(value)) {
    if (explode) return value.map((item) => [name, plainText(item)]);
    const between = { spaceDelimited: " ", pipeDelimited: "|" }[style] ?? ",";
    return [[name, value.map(plainText).join(between)]];
  }
  if (!isJsonObject(value)) return [[name, plainText(value)]];
  if (style === "deepObject") return Object.entries(value).map(([key, item]) => [`${name}[${key}]`, plainText(item)]);
  if (explode) return Object.entries(value).map(([key, item]) => [key, plainText(item)]);
  return [
    [
      name,
      Object.entries(value)
        .flat()
        .map((item) => plainText(item))
        .join(","),
    ],
  ];
}

function bodyText({ bodyType }: Operation, body: JsonValue | undefined): string | undefined {
  if (body === undefined || bodyType === undefined) return undefined;
  if (isJson(bodyType)) return JSON.stringify(body);
  if (bodyType.includes("x-www-form-urlencoded") && isJsonObject(body))
    return new URLSearchParams(Object.entries(body).map(([name, value]) => [name, plainText(value)])).toString();
  return typeof body === "string" ? body : JSON.stringify(body);
}
