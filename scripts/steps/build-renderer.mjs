import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { node24 } from "./node24.mjs";
import { at } from "./paths.mjs";
import { run, say, StepError, withProgress } from "./run.mjs";

const VITE = at("node_modules", "vite", "bin", "vite.js");
const BUILT = at("dist", "renderer");
/** Remembers what the build was made from. */
const STAMP = ".built-from";

/** All that the renderer is built from. */
const SOURCES = [
  "renderer",
  "engine/lib",
  "engine/flow",
  "engine/expr",
  "engine/node",
  "engine/run",
  "engine/rpc",
  "vite.config.ts",
  "package-lock.json",
];

/** Builds the renderer when one of its sources changed since the last time. @param {{force?: boolean}} [options] */
export async function ensureRendererBuilt(options = {}) {
  const fingerprint = fingerprintOf(SOURCES);
  if (!options.force && builtFrom() === fingerprint) return;
  say("building the studio");
  // Built beside and then swapped: a studio that is open keeps its files, and a failed build leaves the last good one.
  const fresh = at("dist", `.renderer-${process.pid}`);
  try {
    const build = run(node24(), [VITE, "build", "--logLevel", "warn", "--outDir", fresh, "--emptyOutDir"]);
    const code = await withProgress("building", build);
    if (code !== 0) throw new StepError("The studio could not be built; the messages above say where.");
    writeFileSync(join(fresh, STAMP), fingerprint);
    rmSync(BUILT, { recursive: true, force: true });
    renameSync(fresh, BUILT);
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** @returns {string | undefined} */
function builtFrom() {
  const stamp = join(BUILT, STAMP);
  return existsSync(stamp) ? readFileSync(stamp, "utf8") : undefined;
}

/** Changes with every name, size and time of change of the files below. @param {string[]} sources @returns {string} */
function fingerprintOf(sources) {
  const hash = createHash("sha256");
  for (const source of sources) for (const line of filesOf(at(source))) hash.update(line);
  return hash.digest("hex");
}

/** @param {string} path @returns {string[]} */
function filesOf(path) {
  const stats = statSync(path);
  if (!stats.isDirectory()) return [`${path} ${stats.size} ${stats.mtimeMs}\n`];
  return readdirSync(path)
    .sort()
    .filter((name) => !name.includes(".test."))
    .flatMap((name) => filesOf(join(path, name)));
}
