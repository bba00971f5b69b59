import type { z } from "zod";
import { pathText } from "../flow/field-sites.ts";
import type { ConfigIssue } from "../flow/node-types.ts";
import { getAt } from "../flow/json-path.ts";
import { isJsonObject, type JsonSchema, type JsonValue } from "../lib/json.ts";
import { suggest } from "../lib/suggest.ts";
import type { Text } from "../lib/text.ts";
import { fieldLabel, innerSchema } from "./field-label.ts";
import { sentences } from "./issue-sentences.ts";

type Issue = z.core.$ZodIssue;
type Keys = (string | number)[];

/** What a schema says against a config, in sentences that name fields by their labels. */
export function configIssues(issues: readonly Issue[], schema: JsonSchema, config: JsonValue): ConfigIssue[] {
  return issues.map((issue) => {
    const { keys, cause } = deepest(issue);
    const value = getAt(config, keys);
    const message = sentences(cause, { label: fieldLabel(schema, keys), value });
    return { path: pathText(keys), keys, message, ...correction(cause, keys, value) };
  });
}

/** For a value that fits none of several forms, the issue of the form that it comes nearest to. */
function deepest(issue: Issue, above: Keys = []): { keys: Keys; cause: Issue } {
  const keys = [...above, ...issue.path.map((part) => (typeof part === "number" ? part : String(part)))];
  if (issue.code !== "invalid_union") return { keys, cause: issue };
  const inner = issue.errors.map((errors) => errors[0]).filter((error) => error !== undefined);
  const near = inner.toSorted((a, b) => b.path.length - a.path.length)[0];
  return near && near.path.length > 0 ? deepest(near, keys) : { keys, cause: issue };
}

function correction(issue: Issue, keys: Keys, value: JsonValue | undefined): Pick<ConfigIssue, "fix"> {
  if (issue.code !== "invalid_value" || typeof value !== "string") return {};
  const near = suggest(
    value,
    issue.values.filter((word) => typeof word === "string"),
  );
  return near === undefined
    ? {}
    : { fix: { label: "fix.replace", params: { to: near }, changes: [{ keys, value: near }] } };
}

/** Settings that the type doesn't have: kept, but without effect, and probably misspelt. */
export function unknownSettings(schema: JsonSchema, config: JsonValue, keys: Keys = []): ConfigIssue[] {
  if (Array.isArray(config)) {
    return config.flatMap((item, index) => unknownSettings(innerSchema(schema, index), item, [...keys, index]));
  }
  if (!isJsonObject(config)) return [];
  const { properties } = schema;
  const open = properties === undefined || schema.additionalProperties !== undefined || schema["$ref"] !== undefined;
  return Object.keys(config).flatMap((key) => {
    const value = config[key]!;
    if (open || Object.hasOwn(properties, key))
      return typeof value === "object" ? unknownSettings(innerSchema(schema, key), value, [...keys, key]) : [];
    const free = Object.keys(properties).filter((name) => !Object.hasOwn(config, name));
    return [unknownSetting([...keys, key], value, suggest(key, free))];
  });
}

function unknownSetting(keys: Keys, value: JsonValue, near: string | undefined): ConfigIssue {
  const key = String(keys.at(-1));
  const place = { path: pathText(keys), keys, severity: "warning" as const };
  if (near === undefined) {
    const message: Text = {
      en: `“${key}” is not a setting of this kind of step. It is kept but does nothing.`,
      zh: `此类步骤没有“${key}”这项设置。它会被保留，但不起作用。`,
    };
    return { ...place, message, fix: { label: "fix.remove-field", params: { field: key }, changes: [{ keys }] } };
  }
  const changes = [{ keys }, { keys: [...keys.slice(0, -1), near], value }];
  return {
    ...place,
    message: {
      en: `“${key}” is not a setting of this kind of step. Did you mean “${near}”?`,
      zh: `此类步骤没有“${key}”这项设置。是否想写“${near}”？`,
    },
    fix: { label: "fix.rename", params: { to: near }, changes },
  };
}
