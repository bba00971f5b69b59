import type { SerializedError } from "../../../engine/lib/errors/error.ts";

/** What code printed before it failed with this error; undefined where it printed nothing. */
export function printedBefore(error: Pick<SerializedError, "params"> | undefined): string | undefined {
  const printed = error?.params["printed"];
  return typeof printed === "string" && printed !== "" ? printed : undefined;
}
