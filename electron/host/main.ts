import "./check-node.ts";
import { enableCompileCache } from "node:module";
import { join } from "node:path";
import { APP_ROOT } from "./app-root.ts";

/**
 * The host as a process of its own: `npm start` runs this. Compiled code is kept between starts, here and in the processes that the host
 * starts, which halves the work of starting; so the cache is on before anything else is loaded.
 */
const cache = join(APP_ROOT, "node_modules", ".cache", "heddle");
enableCompileCache(cache);
process.env["NODE_COMPILE_CACHE"] ??= cache;

const [{ serve }, { printError }] = await Promise.all([import("./serve.ts"), import("./print-error.ts")]);
await serve().catch((error: unknown) => {
  printError(error);
  process.exitCode = 1;
});
