import SwaggerParser from "@apidevtools/swagger-parser";
import type { OpenAPIV3_1 } from "openapi-types";
import { parse } from "yaml";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { isJsonObject, type JsonValue } from "../../engine/lib/json.ts";
import { readOperations, type Operation } from "./operations.ts";

/** What is used of an OpenAPI document. */
export interface ApiDocument {
  title: string;
  /** The first server it names, its variables filled in. */
  server: string | undefined;
  operations: Operation[];
}

/**
 * Reads an OpenAPI 3.0 or 3.1 document, JSON or YAML. References inside it are followed; those to other files or addresses are refused, since a
 * document could otherwise read what lies beside it. @throws HeddleError `openapi.unreadable`
 */
export async function readDocument(text: string, name: string): Promise<ApiDocument> {
  const fail = (detail: string, cause?: unknown) =>
    new HeddleError("openapi.unreadable", { document: name, detail }, { cause });
  const parsed = parseText(text, fail);
  if (!isJsonObject(parsed) || typeof parsed["openapi"] !== "string")
    throw fail("it doesn’t begin with “openapi:”; older Swagger 2 documents have to be converted first");
  if (!/^3\.[012]/.test(parsed["openapi"])) throw fail(`it is of version ${parsed["openapi"]}`);
  const outer = outerReference(parsed);
  if (outer !== undefined) throw fail(`it refers to “${outer}”, outside of it; bundle it into one document`);
  try {
    const options = { resolve: { external: false }, dereference: { circular: "ignore" as const } };
    const api = (await SwaggerParser.validate(
      parsed as unknown as OpenAPIV3_1.Document,
      options,
    )) as OpenAPIV3_1.Document;
    return { title: api.info.title, server: serverOf(api), operations: readOperations(api) };
  } catch (cause) {
    throw fail(firstLine(cause), cause);
  }
}

function parseText(text: string, fail: (detail: string, cause?: unknown) => HeddleError): JsonValue {
  try {
    // Aliases of YAML may make circles, which aren't data.
    return JSON.parse(JSON.stringify(parse(text, { maxAliasCount: 100 }) ?? null)) as JsonValue;
  } catch (cause) {
    throw fail(firstLine(cause), cause);
  }
}

/** The first reference that doesn't stay in the document. */
function outerReference(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const reference: unknown = "$ref" in value ? value.$ref : undefined;
  if (typeof reference === "string" && !reference.startsWith("#")) return reference;
  for (const inner of Object.values(value)) {
    const found = outerReference(inner);
    if (found !== undefined) return found;
  }
  return undefined;
}

function serverOf({ servers }: OpenAPIV3_1.Document): string | undefined {
  const [first] = servers ?? [];
  const url = first?.url.replace(/\{([^{}]+)\}/g, (_place, name: string) => first.variables?.[name]?.default ?? "");
  return url === "/" || url === "" ? undefined : url;
}

function firstLine(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  return message
    .split("\n")
    .slice(0, 2)
    .map((line) => line.trim())
    .join(" ")
    .slice(0, 300);
}
