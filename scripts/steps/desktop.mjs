import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { forwardSignals } from "./forward-signals.mjs";
import { node24, node24Env } from "./node24.mjs";
import { at, ROOT } from "./paths.mjs";
import { run, say, StepError } from "./run.mjs";

/** Electron's program, if this machine has it; npm installs it without. @returns {string | undefined} */
export function electronBinary() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? at("node_modules", "electron", "dist");
  const pathFile = at("node_modules", "electron", "path.txt");
  const name = existsSync(pathFile) ? readFileSync(pathFile, "utf8") : "electron";
  const binary = join(folder, name);
  return existsSync(binary) ? binary : undefined;
}

/** Bundles the desktop's own scripts into dist/electron. */
export async function buildElectron() {
  const code = await run(node24(), ["--disable-warning=ExperimentalWarning", "scripts/build-electron.ts"]);
  if (code !== 0) throw new StepError("The desktop's scripts could not be built; the messages above say where.");
}

/** Starts the studio in its window. Fetches Electron's program first where it is missing. @param {string[]} args */
export async function startDesktop(args) {
  const binary = electronBinary() ?? (await fetchElectron());
  await buildElectron();
  say("starting the desktop window");
  forwardSignals(spawn(binary, [ROOT, ...args], { cwd: ROOT, env: node24Env(), stdio: "inherit" }));
}

/** npm installs Electron without its program; its own script fetches it. @returns {Promise<string>} */
async function fetchElectron() {
  say("fetching Electron's program (once, about 100 MB)");
  await run(node24(), [at("node_modules", "electron", "install.js")]);
  const binary = electronBinary();
  if (binary) return binary;
  throw new StepError(
    "Electron's program could not be fetched from here. “npm start” opens the studio in the browser instead.",
  );
}
