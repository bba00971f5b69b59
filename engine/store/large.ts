import type { JsonValue } from "../lib/json.ts";

/** JSON longer than this, in bytes of UTF-8, isn't kept in memory or in journals. */
export const LARGE_BYTES = 64 * 1024;
/** The most bytes that one UTF-16 unit takes in JSON: an escape like \u0007. */
const WIDEST_UNIT = 6;

/** Whether a value's JSON may be longer than LARGE_BYTES. False is certain; true is to be measured. Quick for small values. */
export function isLarge(value: JsonValue): boolean {
  return sizeUpTo(value, LARGE_BYTES) > LARGE_BYTES;
}

/** At least the size of the value's JSON, or anything above `limit` as soon as that is passed. */
function sizeUpTo(value: JsonValue, limit: number): number {
  if (typeof value === "string") return value.length * WIDEST_UNIT + 2;
  if (typeof value !== "object" || value === null) return 25;
  let size = 2;
  if (Array.isArray(value)) {
    for (let index = 0; index < value.length && size <= limit; index++)
      size += 1 + sizeUpTo(value[index]!, limit - size);
    return size;
  }
  for (const key in value) {
    if (size > limit) break;
    size += key.length * WIDEST_UNIT + 4 + sizeUpTo(value[key]!, limit - size);
  }
  return size;
}
