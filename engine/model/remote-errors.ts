import { APICallError } from "@ai-sdk/provider";
import { z } from "zod";
import { HeddleError, serializedErrorSchema } from "../lib/errors/error.ts";
import type { RemoteDefinition } from "./definition.ts";

/** What servers of this protocol answer with when they fail. `heddle` is what Heddle's own server adds: its error, whole. */
const errorBodySchema = z.object({
  error: z.object({
    message: z.string(),
    code: z.union([z.string(), z.number()]).nullish(),
    heddle: serializedErrorSchema.optional(),
  }),
});
const modelsBodySchema = z.object({ data: z.array(z.object({ id: z.string() })) });

export interface RemoteErrors {
  /** Anything that went wrong as a HeddleError; an abort stays the abort that it is. */
  map(thrown: unknown, signal?: AbortSignal): HeddleError;
  /** The error that a server put into its stream. */
  ofChunk(chunk: unknown): HeddleError | undefined;
  /** @throws HeddleError when the list can't be read or the model isn't on it */
  checkModels(response: Response): Promise<void>;
}

export function remoteErrors(definition: RemoteDefinition, url: string): RemoteErrors {
  const { id: model, model: name } = definition;

  function ofStatus(status: number, body: string, cause?: unknown): HeddleError {
    const parsed = errorBodySchema.safeParse(jsonOrNull(body)).data?.error;
    if (parsed?.heddle) return HeddleError.fromJSON(parsed.heddle);
    const detail = parsed?.message ?? (body.trim().slice(0, 300) || `status ${status}`);
    if (status === 401 || status === 403) return new HeddleError("model.unauthorized", { url, model }, { cause });
    if (status === 429) return new HeddleError("model.rate-limited", { url }, { cause });
    if (isOverflow(parsed?.code, detail)) return overflow(model, detail, cause);
    if (status === 404) return new HeddleError("model.remote-unknown", { url, name }, { cause });
    return new HeddleError("model.remote-failed", { url, status, detail }, { cause, retryable: status >= 500 });
  }

  return {
    map(thrown, signal) {
      if (signal?.aborted) return signal.reason as HeddleError;
      if (thrown instanceof HeddleError) return thrown;
      if (APICallError.isInstance(thrown) && thrown.statusCode !== undefined && thrown.statusCode >= 400) {
        return ofStatus(thrown.statusCode, thrown.responseBody ?? "", thrown);
      }
      const network = networkDetail(thrown);
      if (network !== undefined)
        return new HeddleError("model.unreachable", { url, detail: network }, { cause: thrown });
      const detail = thrown instanceof Error ? thrown.message : JSON.stringify(thrown);
      return new HeddleError("model.remote-failed", { url, status: 200, detail }, { cause: thrown });
    },
    ofChunk(chunk) {
      const error = errorBodySchema.safeParse(chunk).data?.error;
      if (error?.heddle) return HeddleError.fromJSON(error.heddle);
      return error && new HeddleError("model.remote-failed", { url, status: 200, detail: error.message });
    },
    async checkModels(response) {
      const body = await response.text();
      if (!response.ok) throw ofStatus(response.status, body);
      const models = modelsBodySchema.safeParse(jsonOrNull(body));
      if (!models.success)
        throw new HeddleError("model.remote-failed", { url, status: response.status, detail: "not a list of models" });
      if (!models.data.data.some(({ id }) => id === name)) throw new HeddleError("model.remote-unknown", { url, name });
    },
  };
}

/** Servers word it differently; OpenAI and vLLM give the code, llama-server and others only a sentence. */
function isOverflow(code: string | number | null | undefined, detail: string): boolean {
  return (
    code === "context_length_exceeded" || /context (length|size|window)|maximum context|too many tokens/i.test(detail)
  );
}

function overflow(model: string, detail: string, cause: unknown): HeddleError {
  const numbers = [...detail.matchAll(/\d[\d,]*/g)]
    .map(([digits]) => Number(digits.replaceAll(",", "")))
    .filter((n) => n > 16);
  const tokens = numbers.length > 1 ? Math.max(...numbers) : "more than that";
  const limit = numbers.length > 0 ? Math.min(...numbers) : "fewer";
  return new HeddleError("model.context-overflow", { model, tokens, limit }, { cause });
}

/** What broke the connection; undefined when nothing did. fetch hides the reason (ECONNREFUSED) in the causes of its TypeError. */
function networkDetail(thrown: unknown): string | undefined {
  let network: string | undefined;
  for (let error: unknown = thrown; error instanceof Error; error = error.cause) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code) return code;
    if (error instanceof TypeError) network = error.message;
  }
  return network;
}

function jsonOrNull(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
