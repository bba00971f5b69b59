import { existsSync } from "node:fs";
import { delimiter, dirname } from "node:path";
import { at } from "./paths.mjs";
import { StepError } from "./run.mjs";

/** The Node-API version of Node 24: what better-sqlite3 and the TypeScript sources need. */
const NEEDED_NAPI = 10;

/** The Node 24 that the project pins, installed with its dependencies. @returns {string} */
export function node24() {
  const pinned = ["node", "node.exe"]
    .map((name) => at("node_modules", "node", "bin", name))
    .find((path) => existsSync(path));
  if (pinned) return pinned;
  if (Number(process.versions.napi) >= NEEDED_NAPI) return process.execPath;
  throw new StepError(
    `Heddle needs Node 24 and its pinned copy is missing (this is Node ${process.versions.node}). Run “npm ci” and see what it reports.`,
  );
}

/** An environment in which `node` is the pinned one, also for the programs that a child starts. @returns {NodeJS.ProcessEnv} */
export function node24Env() {
  return { ...process.env, PATH: [dirname(node24()), at("node_modules", ".bin"), process.env.PATH].join(delimiter) };
}
