/**
 * What authors of nodes import as `heddle/node`. It is handed to the process of the node in place of a package, so it depends on nothing.
 */

/** A text in both languages of the studio, or the same words for both. */
export type Words = string | { en: string; zh: string };

/** Hints for the form; see docs/third-party-nodes.md. */
export interface Hints {
  label: Words;
  help?: Words;
  placeholder?: Words;
  advanced?: boolean;
  widget?: string;
}

/** What a node may do while it runs. All of it is answered by Heddle, within what the node declares under `permissions`. */
export interface NodeContext {
  /** Aborted when the run is cancelled or the step takes too long. */
  signal: AbortSignal;
  /** The same at every try of this step: send it with everything that changes something elsewhere. */
  idempotencyKey: string;
  /** A number that is the same at every try. */
  seed: number;
  attempt: number;
  /** Streams text to whoever watches. */
  emit(text: string): void;
  log(...values: unknown[]): void;
  fetch: typeof globalThis.fetch;
  secret(name: string): Promise<string>;
  files: {
    read(path: string): Promise<Uint8Array>;
    readText(path: string): Promise<string>;
    write(path: string, content: string | Uint8Array): Promise<void>;
    list(pattern: string): Promise<string[]>;
  };
}

export interface NodeRun<Config> {
  config: Config;
  /** The run's input, for reference. */
  input: unknown;
}

export interface NodeDeclaration<Config> {
  /** Small letters, digits and `-`. In flows it stands behind where it comes from: `folder:greet`, `heddle-node-weather:forecast`. */
  type: string;
  title: Words;
  description: Words;
  /** Markdown. */
  docs?: Words;
  /** Raised when the config changes its meaning. */
  version?: number;
  family?: "models" | "agents" | "logic" | "data" | "knowledge" | "tools" | "people" | "io";
  /** A lucide icon's name. */
  icon?: string;
  /** JSON Schema of an object, or a zod 4 schema. */
  config: unknown;
  /** What a node dropped on the canvas starts with; left out where the defaults of `config` say it. */
  initial?: Config;
  /** JSON Schema (or zod 4 schema) of what `run` gives back as `output`. */
  output?: unknown;
  /** Ways out besides `error`; left out: one, `out`. */
  ports?: { id: string; label?: Words }[];
  /** One line for the card; `{name}` stands for a setting. */
  summary?: Words;
  /** Seconds. */
  timeout?: number;
  permissions?: { network?: string[]; secrets?: string[]; files?: "none" | "read" | "write" };
  samples?: { name: string; config: Config; output?: unknown; port?: string }[];
  run(args: NodeRun<Config>, context: NodeContext): Promise<NodeOutput> | NodeOutput;
}

export interface NodeOutput {
  output: unknown;
  /** The way out; left out: `out`. */
  port?: string;
}

/** Declares a node; the default export of its file, alone or in a list. */
export function defineNode<Config = Record<string, unknown>>(
  declaration: NodeDeclaration<Config>,
): NodeDeclaration<Config> {
  return declaration;
}

/** An error that users read as it is. `retryable`: trying again can help. */
export class NodeError extends Error {
  readonly retryable: boolean;
  constructor(message: string, options: { retryable?: boolean; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.name = "NodeError";
    this.retryable = options.retryable ?? false;
  }
}

type Schema = Record<string, unknown>;
const words = (text: Words) => (typeof text === "string" ? { en: text, zh: text } : text);

/** A JSON Schema with hints for the form: `field({ type: "number" }, { label: "Times" })`. */
export function field(schema: Schema, { label, help, placeholder, ...rest }: Hints): Schema {
  return {
    ...schema,
    heddle: {
      label: words(label),
      ...(help !== undefined && { help: words(help) }),
      ...(placeholder !== undefined && { placeholder: words(placeholder) }),
      ...rest,
    },
  };
}

/** A text that may hold `{{ }}`, filled in before the node runs. */
export function template(hints: Hints & { long?: boolean }): Schema {
  const { long, ...rest } = hints;
  return field({ type: "string", default: "" }, { ...rest, widget: long ? "template-long" : "template" });
}

/** Any value whose texts may hold `{{ }}`; one that is only a reference keeps its type. */
export function json(hints: Hints): Schema {
  return field({ default: {} }, { ...hints, widget: "template-json" });
}
