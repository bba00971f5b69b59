import { readFileSync, writeFileSync } from "node:fs";
import { at } from "./steps/paths.mjs";

/**
 * `node scripts/complete-lock.mjs` after every `npm install`: adds to package-lock.json the optional platform packages that npm left out.
 * npm drops those that a registry doesn't offer at the time, and then `npm ci` refuses the lock, or other systems lack their binaries.
 * `--check` only says whether something is missing (exit code 1).
 */
const OS = {
  android: "android",
  darwin: "darwin",
  mac: "darwin",
  freebsd: "freebsd",
  linux: "linux",
  win: "win32",
  win32: "win32",
  openharmony: "openharmony",
};
const CPU = {
  arm: "arm",
  arm64: "arm64",
  x64: "x64",
  ia32: "ia32",
  ppc64: "ppc64",
  riscv64: "riscv64",
  s390x: "s390x",
  wasm32: "wasm32",
};
const LIBC = { gnu: "glibc", musl: "musl" };

/** @typedef {{version?: string, os?: string[], cpu?: string[], libc?: string[], optional?: boolean, dev?: boolean, optionalDependencies?: Record<string, string>}} Entry */

/** Where the package that `from` sees under a name stands in the lock. @param {Record<string, Entry>} packages @param {string} from @param {string} name */
function resolve(packages, from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))) {
    const path = `${folder && `${folder}/`}node_modules/${name}`;
    if (packages[path]) return path;
    if (folder === "") return undefined;
    if (!folder.includes("/node_modules/")) folder = "";
  }
}

/** What a platform package's name says of where it runs: `@scope/tool-linux-arm64-musl`. @param {string} name @returns {Entry} */
export function platformOf(name) {
  const words = name.split(/[^a-z0-9]+/);
  const os = words.map((word) => OS[/** @type {keyof typeof OS} */ (word)]).find(Boolean);
  const cpu = words.map((word) => CPU[/** @type {keyof typeof CPU} */ (word)]).find(Boolean);
  const libc = words.map((word) => LIBC[/** @type {keyof typeof LIBC} */ (word)]).find(Boolean);
  return { ...(cpu && { cpu: [cpu] }), ...(os && { os: [os] }), ...(libc && os === "linux" && { libc: [libc] }) };
}

/** The lock with an entry for every optional platform package. @param {Record<string, Entry>} packages @returns {string[]} the paths that were added */
export function complete(packages) {
  const added = [];
  for (const [from, entry] of Object.entries(packages)) {
    for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
      const platform = platformOf(name);
      if (!platform.os && !platform.cpu) continue;
      const found = resolve(packages, from, name);
      // Platform packages are pinned; where one isn't, whatever npm chose is right.
      const version = range.replace(/^[^0-9]+/, "");
      if (found && (version !== range || packages[found]?.version === version)) continue;
      const path = found ? `${from}/node_modules/${name}` : `node_modules/${name}`;
      packages[path] = { version, ...platform, ...(entry.dev && { dev: true }), optional: true };
      added.push(path);
    }
  }
  return added;
}

if (process.argv[1]?.endsWith("complete-lock.mjs")) {
  const file = at("package-lock.json");
  const lock = JSON.parse(readFileSync(file, "utf8"));
  const added = complete(lock.packages);
  for (const path of added) console.log(path);
  if (process.argv.includes("--check")) process.exitCode = added.length > 0 ? 1 : 0;
  else if (added.length > 0) {
    lock.packages = Object.fromEntries(Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, "en")));
    writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`);
  }
}
