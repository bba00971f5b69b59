import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4GenerateResult,
  LanguageModelV4StreamPart,
  LanguageModelV4Usage,
} from "@ai-sdk/provider";
import { HeddleError } from "../lib/errors/error.ts";
import type { JsonSchema } from "../lib/json.ts";
import type { SecretService } from "../node/services.ts";
import type { RemoteDefinition } from "./definition.ts";
import { remoteErrors, type RemoteErrors } from "./remote-errors.ts";
import { parseTyped } from "./schema-check.ts";
import type { ModelSource } from "./source.ts";
import { streamOf } from "./stream-of.ts";

interface RemoteOptions {
  onChange(): void;
  secrets: SecretService;
}

/** A model behind any URL that speaks the OpenAI protocol: hosted, self-hosted, or Heddle's own server. */
export function remoteSource(definition: RemoteDefinition, { onChange, secrets }: RemoteOptions): ModelSource {
  const url = definition.url.replace(/\/+$/, "");
  const errors = remoteErrors(definition, url);
  const key = async () => (definition.secret === undefined ? undefined : await secrets.get(definition.secret));
  let state: "remote" | "ready" | "failed" = "remote";
  let failure: HeddleError | undefined;

  function settle(next: typeof state, error?: HeddleError): void {
    state = next;
    failure = error;
    onChange();
  }

  /** Asks the server for its models: the quick way to see whether address, key and name are right. */
  async function load(): Promise<void> {
    try {
      const secret = await key();
      const headers: HeadersInit = secret === undefined ? {} : { authorization: `Bearer ${secret}` };
      await errors.checkModels(await fetch(`${url}/models`, { headers }));
      settle("ready");
    } catch (thrown) {
      const error = errors.map(thrown);
      settle("failed", error);
      throw error;
    }
  }

  return {
    id: definition.id,
    model: remoteLanguageModel({ definition, url, errors, key }),
    status: () => ({
      id: definition.id,
      kind: "openai-compatible",
      title: definition.title ?? definition.id,
      url,
      state,
      ...(failure && { error: failure.toJSON() }),
    }),
    load,
    warm: () => Promise.resolve(),
    unload: () => Promise.resolve(settle("remote")),
    dispose: () => Promise.resolve(),
  };
}

interface Remote {
  definition: RemoteDefinition;
  url: string;
  errors: RemoteErrors;
  key(): Promise<string | undefined>;
}

function remoteLanguageModel(remote: Remote): LanguageModelV4 {
  const { definition, errors } = remote;
  return {
    specificationVersion: "v4",
    provider: "heddle.openai-compatible",
    modelId: definition.id,
    supportedUrls: {},
    async doGenerate(options): Promise<LanguageModelV4GenerateResult> {
      try {
        const result = await (await connect(remote)).doGenerate(withLane(options));
        const text = result.content.map((part) => (part.type === "text" ? part.text : "")).join("");
        checkTyped(definition.id, options, { text, finish: result.finishReason.unified, usage: result.usage });
        return result;
      } catch (error) {
        throw errors.map(error, options.abortSignal);
      }
    },
    async doStream(options) {
      try {
        const result = await (await connect(remote)).doStream({ ...withLane(options), includeRawChunks: true });
        return { ...result, stream: streamOf(checked(remote, options, result.stream)) };
      } catch (error) {
        throw errors.map(error, options.abortSignal);
      }
    },
  };
}

/** The key is read for each call, so that a changed secret counts at once. */
async function connect({ definition, url, key }: Remote): Promise<LanguageModelV4> {
  // Loaded with the first call: most projects have no such model, and starting is to be quick.
  const [apiKey, { createOpenAICompatible }] = await Promise.all([key(), import("@ai-sdk/openai-compatible")]);
  const provider = createOpenAICompatible({
    name: "heddle",
    baseURL: url,
    includeUsage: true,
    supportsStructuredOutputs: true,
    ...(apiKey !== undefined && { apiKey }),
  });
  return provider.languageModel(definition.model);
}

/** Heddle's lane travels as the protocol's `user`, which servers use for fairness too. */
function withLane(options: LanguageModelV4CallOptions): LanguageModelV4CallOptions {
  const lane = options.providerOptions?.heddle?.lane;
  if (typeof lane !== "string" || lane === "") return options;
  return { ...options, providerOptions: { ...options.providerOptions, openaiCompatible: { user: lane } } };
}

/** Turns errors of a stream into Heddle's, hides raw chunks that the caller didn't ask for, and checks a typed answer at its end. */
async function* checked(
  { definition, errors }: Remote,
  options: LanguageModelV4CallOptions,
  stream: ReadableStream<LanguageModelV4StreamPart>,
): AsyncGenerator<LanguageModelV4StreamPart> {
  let text = "";
  let chunkError: HeddleError | undefined;
  try {
    for await (const part of stream) {
      if (part.type === "raw") chunkError ??= errors.ofChunk(part.rawValue);
      if (part.type === "raw" && !options.includeRawChunks) continue;
      if (part.type === "error") throw chunkError ?? part.error;
      if (part.type === "text-delta") text += part.delta;
      yield part;
      // Behind the part that tells what it cost: a wrong answer has to be paid for too.
      if (part.type === "finish")
        checkTyped(definition.id, options, { text, finish: part.finishReason.unified, usage: part.usage });
    }
  } catch (error) {
    throw errors.map(error, options.abortSignal);
  }
}

interface Answer {
  text: string;
  finish: string;
  usage: LanguageModelV4Usage;
}

/** @throws HeddleError `model.output-cut`, `model.output-invalid` */
function checkTyped(model: string, options: LanguageModelV4CallOptions, { text, finish, usage }: Answer): void {
  const format = options.responseFormat;
  if (format?.type !== "json") return;
  const limit = options.maxOutputTokens ?? usage.outputTokens.total ?? 0;
  if (finish === "length") throw new HeddleError("model.output-cut", { model, limit });
  parseTyped(model, text, (format.schema ?? {}) as JsonSchema);
}
