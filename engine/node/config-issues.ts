import type { z } from "zod";
import { pathText } from "../flow/field-sites.ts";
import type { ConfigIssue } from "../flow/node-types.ts";
import type { JsonSchema, JsonValue } from "../lib/json.ts";

/** What a schema says about a config, in sentences that name fields by their labels. */
export function configIssues(
  issues: readonly z.core.$ZodIssue[],
  _schema: JsonSchema,
  _config: JsonValue,
): ConfigIssue[] {
  return issues.map((issue) => {
    const keys = issue.path.map((part) => (typeof part === "number" ? part : String(part)));
    return { path: pathText(keys), keys, message: { en: issue.message, zh: issue.message } };
  });
}
