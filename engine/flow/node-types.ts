import type { JsonSchema, JsonValue } from "../lib/json.ts";
import type { Text } from "../lib/text.ts";

/** A place of a node's config whose text is a template, an expression or a model's name: found by walking the type's schema. */
export interface FieldSite {
  /** `labels.billing`, `cases[0].when` */
  path: string;
  keys: (string | number)[];
  kind: "template" | "expression" | "model" | "secret" | "server" | "flow";
  value: string;
  /** For a template in a JSON field: one that is a single reference keeps the value's type. */
  typed?: boolean;
  /** For an expression: what it must yield. */
  expects?: "bool" | "number" | "string" | "list";
  /**
   * A container's site that isn't rendered before the node starts. `body`: at the end of every round, where the body's steps and locals can be
   * referred to. `locals`: on demand, with the locals only.
   */
  within?: "body" | "locals";
  /** For a flow: the field beside it that holds what is handed to that flow. */
  takes?: string;
  /** What it refers to may be missing: the step is there to deal with that, so nothing is said of it. */
  mayBeEmpty?: true;
}

/** What can begin a run. */
export const TRIGGER_KINDS = ["manual", "chat", "webhook", "schedule", "files", "mcp"] as const;
export type TriggerKind = (typeof TRIGGER_KINDS)[number];

/** What can be told of values before a run, for nodes whose output depends on what their config refers to. */
export interface Inference {
  /** The schema of what the config holds at a path once its templates are rendered; `{}` where nothing is known. */
  valueAt(keys: readonly (string | number)[]): JsonSchema;
  /** What a flow of the project takes and gives. */
  flow(name: string): FlowSignature | undefined;
}

export interface FlowSignature {
  input: JsonSchema;
  output: JsonSchema;
}

/** A flow of the project, as a flow that runs it sees it. */
export interface KnownFlow extends FlowSignature {
  /** The flows that it runs itself. */
  calls: readonly string[];
}

/** The flows of a project, by the names that steps run them by. */
export interface FlowLibrary {
  names(): readonly string[];
  get(name: string): KnownFlow | undefined;
}

/** Knows nothing: for shapes without a flow around them. */
export const NO_INFERENCE: Inference = { valueAt: () => ({}), flow: () => undefined };

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

/** What a container's body is to the steps in it. */
export interface BodyShape {
  /** The names that its steps may refer to beside steps, and what they hold. */
  locals: Record<string, JsonSchema>;
  /** Rounds may run side by side: what a step writes into variables there would be written by several at once. */
  parallel?: boolean;
  /** It runs its body until something holds, so that it is what steps in a circle become. */
  repeats?: Repetition;
  /** Nothing of what its steps give is there afterwards, until the setting with this label is filled in. */
  keepsNothing?: Text;
}

/** The settings of a container that repeats its body, for those who fill them in. */
export interface Repetition {
  /** How many rounds there are at most. */
  count: string;
  /** Ends it after a round. */
  until: string;
  /** What the first round is given. Rounds read the state by this name, and so do steps behind, as a field of what the container gives. */
  state: string;
  /** What a round hands to the next one. */
  next: string;
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
  /** A container: it runs its body. */
  body?: BodyShape;
  /** Its output is the run's, or a part of it. */
  answers?: true;
  trigger?: TriggerKind;
  /** It begins when the run failed for good, not when the run begins. */
  handlesFailure?: true;
  /** Its output's fields become variables of the run: `{{ vars.name }}`. */
  assigns?: true;
  /** One sentence of what it does in words; `**bold**` and `{{ reference }}` are marked up. */
  summary: Text;
}

export interface ConfigIssue {
  path: string;
  keys: (string | number)[];
  /** A plain sentence that names the field by its label. */
  message: Text;
  severity?: "error" | "warning";
  /** A setting that the step can't do without is still empty: no mistake yet in a step that nothing leads to. */
  missing?: true;
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
  /** The config that a new node of the type starts with; left out: an empty one. */
  initial?(type: string): JsonValue;
  check(type: string, config: JsonValue): ConfigIssue[];
  /** `inference` left out: what depends on it is told as far as it can be without. */
  shape(type: string, config: JsonValue, inference?: Inference): NodeShape;
  sites(type: string, config: JsonValue): FieldSite[];
}
