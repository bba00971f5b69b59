import { readFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { APP_ROOT } from "./app-root.ts";

/** Heddle's version, as package.json says. */
export const VERSION = z
  .object({ version: z.string() })
  .parse(JSON.parse(readFileSync(join(APP_ROOT, "package.json"), "utf8"))).version;
