import { existsSync, readdirSync } from "node:fs";
import { ensureRendererBuilt } from "./steps/build-renderer.mjs";
import { ensureInstalled } from "./steps/install.mjs";
import { node24, node24Env } from "./steps/node24.mjs";
import { at } from "./steps/paths.mjs";
import { fail, run, say, StepError } from "./steps/run.mjs";

/**
 * `npm run bench`: every measurement in bench/<name>/<name>.ts, or those named. `--json` prints one object a line.
 * The peers that are measured beside us have a package of their own, installed on first use.
 */
async function bench() {
  const args = process.argv.slice(2);
  const quiet = args.includes("--json");
  const named = args.filter((arg) => !arg.startsWith("-"));
  await ensureInstalled();
  await ensureRendererBuilt();
  await ensurePeers();
  for (const script of scripts(named)) {
    if (!quiet) say(script);
    const code = await run(node24(), [at(script), ...args.filter((arg) => arg.startsWith("-"))], { env: node24Env() });
    if (code !== 0) process.exitCode = code;
  }
}

/** @param {string[]} named @returns {string[]} */
function scripts(named) {
  const all = readdirSync(at("bench"), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== "node_modules")
    .flatMap(({ name }) => {
      const files = readdirSync(at("bench", name)).filter((file) => file.endsWith(".bench.ts"));
      return files.map((file) => `bench/${name}/${file}`);
    });
  const chosen = named.length === 0 ? all : all.filter((script) => named.some((name) => script.includes(name)));
  if (chosen.length === 0)
    throw new StepError(`There is no bench named ${named.join(", ")}. There are: ${all.join(", ")}`);
  return chosen;
}

async function ensurePeers() {
  if (existsSync(at("bench", "node_modules"))) return;
  say("installing the peers to measure against");
  const npm = process.env.npm_execpath;
  const args = ["ci", "--no-audit", "--no-fund", "--legacy-peer-deps", "--prefix", at("bench")];
  const code = npm?.endsWith(".js")
    ? await run(process.execPath, [npm, ...args])
    : await run("npm", args, { shell: process.platform === "win32" });
  if (code !== 0) throw new StepError("The peers could not be installed; the messages above say why.");
}

bench().catch(fail);
