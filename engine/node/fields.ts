import { z } from "zod";
import type { JsonValue } from "../lib/json.ts";
import type { Text } from "../lib/text.ts";

/**
 * Hints for the studio and marks for the planner, kept in the JSON Schema under the keyword `heddle`.
 * `widget` chooses the form field; `template` and `expression` also say that the text holds references.
 */
export interface FieldHints {
  label?: Text;
  help?: Text;
  placeholder?: Text;
  widget?:
    | "text-long" // several lines of plain text
    | "template" // one line, {{ }} allowed
    | "template-long" // several lines, {{ }} allowed
    | "template-json" // a JSON value whose strings may hold {{ }}; a string that is one reference keeps its type
    | "expression" // CEL without braces
    | "code" // TypeScript in Monaco
    | "model" // a role or model id
    | "schema" // a JSON Schema, edited as a list of fields
    | "form-fields" // the start node's form
    | "labels" // name -> what it means
    | "fields" // name -> { type, description }: what the extractor looks for
    | "cases" // the condition's cases
    | "server" // an MCP server of the project
    | "tool" // a tool of the server named beside it
    | "tools" // a choice among the server's tools
    | "flow" // a flow of the project, by name
    | "duration" // `30s`, `2h`, `14d`
    | "cron" // a schedule, shown in words with the next times
    | "date-time"
    | "key-values"
    | "secret";
  /** Of a flow's name: the field beside it that holds what is handed to that flow. */
  takes?: string;
  /** What the values of an enum, or of a list of such, are called. A name by itself (`POST`, `csv`) needs no other. */
  choices?: Record<string, Text>;
  /** For an expression: what it must yield; anything else is a problem before the run. */
  expects?: "bool" | "number" | "string" | "list";
  /** A container's field that isn't rendered before it starts: see FieldSite. */
  within?: "body" | "locals";
  /** What it refers to may be missing, since the step deals with that. Of a required text: it may stay empty. */
  mayBeEmpty?: true;
  /** Shown under “More settings”. */
  advanced?: boolean;
  /** Order in the form; fields without one come after, as written. */
  order?: number;
}

/** Puts hints on a schema: `field(z.number(), { label: … })`. Survives z.toJSONSchema. */
export function field<S extends z.ZodType>(schema: S, hints: FieldHints): S {
  return schema.meta({ ...schema.meta(), heddle: hints }) as S;
}

/** Text that may hold `{{ }}`; rendered to a string before the node runs. */
export function template(hints: Omit<FieldHints, "widget"> & { long?: boolean }): z.ZodString {
  const { long, ...rest } = hints;
  return field(z.string(), { ...rest, widget: long ? "template-long" : "template" });
}

/** Any JSON value whose strings may hold `{{ }}`. A string that is exactly one `{{ }}` becomes that value, with its type. */
export function jsonTemplate(hints: Omit<FieldHints, "widget">): z.ZodType<JsonValue> {
  return field(z.json() as z.ZodType<JsonValue>, { ...hints, widget: "template-json" });
}

/** A CEL expression without braces, evaluated before the node runs: the node receives its value. */
export function expression(hints: Omit<FieldHints, "widget">): z.ZodType<JsonValue> {
  return field(z.json() as z.ZodType<JsonValue>, { ...hints, widget: "expression" });
}

/** A model role of the project (`default`, `fast`) or a model's id. */
export function modelRole(hints: Omit<FieldHints, "widget">): z.ZodDefault<z.ZodString> {
  return field(z.string().min(1).default("default"), { ...hints, widget: "model" });
}
