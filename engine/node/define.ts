import type { z } from "zod";
import type { BindingKind, BodyShape, Inference, PortSpec, SlotSpec, TriggerKind } from "../flow/node-types.ts";
import type { Edge } from "../flow/schema.ts";
import type { JsonObject, JsonSchema, JsonValue } from "../lib/json.ts";
import type { Text } from "../lib/text.ts";
import type { NodeOrigin } from "./catalog.ts";
import type { NodeProcess, NodeResult, StepContext } from "./operation.ts";

/** One hue each on the canvas. */
export const FAMILIES = ["models", "agents", "logic", "data", "knowledge", "tools", "people", "io"] as const;
export type Family = (typeof FAMILIES)[number];

/** A resource bound to one of a step's slots: the bound node's type, key and rendered config. */
export interface BoundResource {
  key: string;
  type: string;
  config: JsonValue;
}

/** What a node's body gets: its config with every template rendered, what is bound to it, and the run's input. */
export interface NodeArguments<Config> {
  config: Config;
  bound: Readonly<Record<string, readonly BoundResource[]>>;
  /** The run's input, for triggers; the failure, for error handlers. */
  input: JsonValue;
}

interface NodeBase<Config> {
  type: string;
  /** Raised when config changes meaning; `migrate` then lifts an older config. */
  version: number;
  family: Family;
  /** A lucide icon's name, kebab-case. */
  icon: string;
  title: Text;
  /** One sentence for the palette. */
  description: Text;
  /** The docs tab, Markdown. */
  docs: Text;
  config: z.ZodType<Config>;
  /** What a node dropped on the canvas starts with. Must parse. */
  initial: Config;
  /** The output's JSON Schema, from the config as written (templates not rendered) and what is known of the values in it. */
  output(config: Config, inference: Inference): JsonSchema;
  /** Ways out besides `error`; default one `out`. */
  ports?(config: Config): PortSpec[];
  summary(config: Config): Text;
  migrate?(config: JsonValue, fromVersion: number): JsonValue;
  /** For types that aren't built in: who made them. */
  origin?: NodeOrigin;
}

/** A node that runs. `run` is one durable step; `process` is several. Exactly one of them. */
export interface StepNode<Config> extends NodeBase<Config> {
  role: "step";
  hasInput?: boolean;
  slots?: SlotSpec[];
  /**
   * Whether anything outside the run is touched (network, model, tool). Steps without effects are computed in the coordinator itself and
   * their result needs no replay protection beyond being recorded.
   */
  effects: boolean;
  /** Streams as it runs: its references in `answer` arrive token by token. The name of the output field that streams. */
  streams?: string;
  /**
   * For a node whose output is the run's: the config field with the template of its text, and the output field that holds it rendered.
   * The run streams that text as its references arrive.
   */
  answers?: { field: string; output: string };
  /** For a node that begins runs (`hasInput: false`): what starts them. Its `input` argument is what the trigger brought. */
  trigger?: TriggerKind;
  /** For a node that begins when the run failed (`hasInput: false`): its `input` argument is a `Failure`. */
  handlesFailure?: true;
  /** Its output's fields become variables of the run. */
  assigns?: true;
  /** For a container: what its body's steps may refer to (`process` gives the values with every `body` operation), and how it runs them. */
  body?(config: Config, inference: Inference): BodyShape;
  run?(args: NodeArguments<Config>, ctx: StepContext): Promise<NodeResult> | NodeResult;
  process?(args: NodeArguments<Config>): NodeProcess;
  samples: NodeSample<Config>[];
}

/** A node that is bound to steps and provides something: tools of an MCP server, say. */
export interface ResourceNode<Config> extends NodeBase<Config> {
  role: "resource";
  provides: BindingKind;
}

/** A remark on the canvas. */
export interface NoteNode<Config> extends NodeBase<Config> {
  role: "note";
}

export type NodeDefinition<Config> = StepNode<Config> | ResourceNode<Config> | NoteNode<Config>;
/** A definition whose config type is known only to itself: what catalogs hold. Its config is parsed JSON by then. */
export type AnyNode = NodeDefinition<JsonValue>;

/** A case that the contract suite runs for real: config and scope in, output (or the schema alone) out. */
export interface NodeSample<Config> {
  name: string;
  config: Config;
  input?: JsonValue;
  /** Outputs of earlier steps that the config's templates refer to. */
  scope?: Record<string, JsonValue>;
  /** Resources bound to the node's slots: slot -> type and config. */
  bound?: Record<string, { type: string; config: JsonObject }[]>;
  /** Left out where the output isn't the same every time: then it must only match the output schema. */
  output?: JsonValue;
  port?: string;
  /** The code of the error that it fails with, where failing is what it shall do. */
  error?: string;
  /** A container's body. */
  body?: SampleGraph;
  /** Flows of the project that it may run, by name. */
  flows?: Record<string, SampleGraph>;
  /** What is sent to the waits that it opens, in their order. */
  answers?: JsonValue[];
}

/** Nodes and what leads from one to the other. */
export interface SampleGraph {
  nodes: Record<string, { type: string; config: JsonObject }>;
  edges?: Edge[];
}

/** Declares a node type: the types of config and result are inferred from its schema, then erased, since catalogs parse before they call. */
export function defineNode<Config>(definition: NodeDefinition<Config>): AnyNode {
  return definition as unknown as AnyNode;
}
