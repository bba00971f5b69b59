import type { Text } from "../text.ts";

/**
 * One row of the error catalogue. `status` is the HTTP status that the gateway and the host answer with; `retryable` says whether
 * the same call may succeed later. Sentences say what happened, where, and what to do; `{name}` places are filled from the params.
 */
export interface CatalogEntry extends Text {
  status: number;
  retryable: boolean;
}

/** For a file of the catalogue: keeps the codes as literal types. */
export function entries<Code extends string>(rows: Record<Code, CatalogEntry>): Record<Code, CatalogEntry> {
  return rows;
}
