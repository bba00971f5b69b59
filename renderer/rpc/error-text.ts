import { formatMessage } from "../../engine/lib/errors/catalog.ts";
import { HeddleError, type SerializedError } from "../../engine/lib/errors/error.ts";
import type { Language } from "../../engine/lib/text.ts";

/** The sentence of an error in the user's language, whether it was thrown or came as data. */
export function errorText(language: Language, error: unknown): string {
  const known = isSerialized(error) ? HeddleError.fromJSON(error) : HeddleError.from(error);
  return formatMessage(language, known.code, known.params);
}

function isSerialized(error: unknown): error is SerializedError {
  return (
    !(error instanceof Error) && typeof error === "object" && error !== null && "code" in error && "message" in error
  );
}
