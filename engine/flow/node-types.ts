import type { JsonSchema, JsonValue } from "../lib/json.ts";
import type { Text } from "../lib/text.ts";

/** A place of a node's config whose text is a template, an expression or a model's name: found by walking the type's schema. */
export interface FieldSite {
  /** `labels.billing`, `cases[0].when` */
  path: string;
  keys: (string | number)[];
  kind: "template" | "expression" | "model" | "secret" | "server";
  value: string;
  /** For a template in a JSON field: one that is a single reference keeps the value's type. */
  typed?: boolean;
  /** For an expression: what it must yield. */
  expects?: "bool" | "number" | "string" | "list";
}

export interface PortSpec {
  id: string;
  label?: Text;
}

/** What a slot takes and what a resource provides. One word an entry, matched by equality. */
export type BindingKind = "tools" | "model" | "knowledge";

export interface SlotSpec {
  slot: string;
  accepts: BindingKind;
  label: Text;
  /** The step can't run while nothing is bound here. */
  required?: boolean;
}

/** What a node with this config looks like to the rest of the flow. Pure data: the studio and the planner read it alike. */
export interface NodeShape {
  /** `step` runs; `resource` is bound to steps; `note` is only read. */
  role: "step" | "resource" | "note";
  /** False for start: nothing enters it. */
  hasInput: boolean;
  ports: PortSpec[];
  slots: SlotSpec[];
  provides?: BindingKind;
  /** The JSON Schema of what `{{ key }}` holds once the step completed. */
  output: JsonSchema;
  /** One sentence of what it does in words; `**bold**` and `{{ reference }}` are marked up. */
  summary: Text;
}

export interface ConfigIssue {
  path: string;
  keys: (string | number)[];
  /** A plain sentence that names the field by its label. */
  message: Text;
  severity?: "error" | "warning";
  /** What would put it right, where that can be told: values set or (without one) deleted. */
  fix?: ConfigFix;
}

export interface ConfigFix {
  label: "fix.replace" | "fix.rename" | "fix.remove-field";
  params: Record<string, string>;
  changes: { keys: (string | number)[]; value?: JsonValue }[];
}

/**
 * What flow analysis needs to know of node types. engine/node's catalog implements it; flow doesn't import node.
 * All functions are pure and total: a config that doesn't parse still gets a shape, as good as it can be told.
 */
export interface NodeTypes {
  has(type: string): boolean;
  /** Names for "did you mean". */
  types(): readonly string[];
  check(type: string, config: JsonValue): ConfigIssue[];
  shape(type: string, config: JsonValue): NodeShape;
  sites(type: string, config: JsonValue): FieldSite[];
}
