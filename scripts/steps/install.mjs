import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { at } from "./paths.mjs";
import { run, say, StepError, withProgress } from "./run.mjs";

/** Remembers for which lock file node_modules was found complete. */
const STAMP = at("node_modules", ".heddle-lock");

/** Installs the dependencies when there are none or when the lock file changed. */
export async function ensureInstalled() {
  const hash = createHash("sha256")
    .update(readFileSync(at("package-lock.json")))
    .digest("hex");
  if (existsSync(STAMP) && readFileSync(STAMP, "utf8") === hash) return;
  const missing = missingPackages();
  if (missing.length > 0) await install(missing);
  writeFileSync(STAMP, hash);
}

/** @param {string[]} missing */
async function install(missing) {
  say(`installing dependencies (${missing.length} packages are missing or changed; about a minute the first time)`);
  const npm = process.env.npm_execpath;
  const args = ["ci", "--no-audit", "--no-fund"];
  const done = npm?.endsWith(".js")
    ? run(process.execPath, [npm, ...args])
    : run("npm", args, { shell: process.platform === "win32" });
  const code = await withProgress("installing", done);
  if (code !== 0)
    throw new StepError(`“npm ci” failed with code ${code}. Its output above says why; then start again.`);
}

/** Packages that the lock asks for on this machine and node_modules doesn't have in that version. @returns {string[]} */
function missingPackages() {
  const wanted = packagesOf(at("package-lock.json"));
  const hidden = at("node_modules", ".package-lock.json");
  const present = existsSync(hidden) ? packagesOf(hidden) : {};
  const packages = Object.entries(wanted).filter(([path, entry]) => {
    if (path === "" || entry.optional || entry.peer || entry.devOptional) return false;
    return present[path]?.version !== entry.version;
  });
  return packages.map(([path]) => path);
}

/** @param {string} file @returns {Record<string, {version?: string, optional?: boolean, peer?: boolean, devOptional?: boolean}>} */
function packagesOf(file) {
  return JSON.parse(readFileSync(file, "utf8")).packages ?? {};
}
