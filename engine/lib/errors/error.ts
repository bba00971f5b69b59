import { z } from "zod";
import { catalogEntry, formatMessage, isErrorCode, type ErrorCode, type ErrorParams } from "./catalog.ts";

/** An error as data: what journals keep, events carry and clients receive. `message` is the English sentence. */
export const serializedErrorSchema = z.object({
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  message: z.string(),
  retryable: z.boolean().default(false),
});
export type SerializedError = z.infer<typeof serializedErrorSchema>;

/** Heddle's one error class. The catalogue gives its sentence, HTTP status and whether a retry can help. */
export class HeddleError extends Error {
  readonly code: ErrorCode;
  readonly params: ErrorParams;
  readonly retryable: boolean;

  constructor(code: ErrorCode, params: ErrorParams = {}, options: { cause?: unknown; retryable?: boolean } = {}) {
    super(formatMessage("en", code, params), { cause: options.cause });
    this.name = "HeddleError";
    this.code = code;
    this.params = params;
    this.retryable = options.retryable ?? catalogEntry(code).retryable;
  }

  get status(): number {
    return catalogEntry(this.code).status;
  }

  toJSON(): SerializedError {
    return { code: this.code, params: { ...this.params }, message: this.message, retryable: this.retryable };
  }

  /** Any thrown value as a HeddleError; unknown ones become `internal` with their message, the original as `cause`. */
  static from(thrown: unknown): HeddleError {
    if (thrown instanceof HeddleError) return thrown;
    const detail = thrown instanceof Error ? thrown.message : String(thrown);
    return new HeddleError("internal", { detail }, { cause: thrown });
  }

  static fromJSON(data: SerializedError): HeddleError {
    if (!isErrorCode(data.code)) return new HeddleError("internal", { detail: data.message });
    return new HeddleError(data.code, data.params, { retryable: data.retryable });
  }
}
