import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { node24 } from "./node24.mjs";
import { at } from "./paths.mjs";
import { run, say, StepError, withProgress } from "./run.mjs";

const STAMP = at("dist", "renderer", ".built-from");

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
  if (!options.force && existsSync(STAMP) && readFileSync(STAMP, "utf8") === fingerprint) return;
  say("building the studio");
  rmSync(STAMP, { force: true });
  const build = run(node24(), [at("node_modules", "vite", "bin", "vite.js"), "build", "--logLevel", "warn"]);
  const code = await withProgress("building", build);
  if (code !== 0) throw new StepError("The studio could not be built; the messages above say where.");
  writeFileSync(STAMP, fingerprint);
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
