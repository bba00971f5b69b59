import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** Root of the checkout. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** @param {...string} parts */
export const at = (...parts) => join(ROOT, ...parts);
