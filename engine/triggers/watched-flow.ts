import type { Flow } from "../flow/schema.ts";
import type { TriggerKind } from "../flow/node-types.ts";
import type { SerializedError } from "../lib/errors/error.ts";
import type { JsonSchema, JsonValue } from "../lib/json.ts";

/** A trigger of a flow, its config parsed by its node type. */
export interface TriggerNode {
  key: string;
  kind: TriggerKind;
  title: string;
  config: JsonValue;
  /** What a run that begins with it takes. */
  input: JsonSchema;
}

/** A flow's text as it is read for running. */
export interface FlowReading {
  flow: Flow;
  revision: string;
  /** Those that aren't disabled. */
  triggers: readonly TriggerNode[];
  /** The JSON Schema of a run's output. */
  output: JsonSchema;
  /** Why it can't run. */
  problem?: SerializedError;
}

/** A flow file as the trigger service sees it. */
export interface WatchedFlow {
  name: string;
  active: boolean;
  /** What runs when a trigger fires: the file as it is, or, while that has errors, as it last was without. */
  running?: FlowReading;
  /** The file as it is; undefined while it is gone. */
  now?: FlowReading;
}

/** Triggers that something has to listen for; the others begin runs only where somebody starts one. */
export const isListening = ({ kind }: TriggerNode): boolean => kind !== "manual" && kind !== "chat";
