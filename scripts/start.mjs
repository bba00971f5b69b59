import { spawn } from "node:child_process";
import { ensureRendererBuilt } from "./steps/build-renderer.mjs";
import { electronBinary, startDesktop } from "./steps/desktop.mjs";
import { forwardSignals } from "./steps/forward-signals.mjs";
import { ensureInstalled } from "./steps/install.mjs";
import { node24, node24Env } from "./steps/node24.mjs";
import { openInBrowser } from "./steps/open-browser.mjs";
import { ROOT } from "./steps/paths.mjs";
import { fail } from "./steps/run.mjs";

/**
 * `npm start`: installs and builds what is missing, then opens the studio: in its window where Electron's binary is present, else in the
 * browser. `--no-open` and `--port` always mean the browser's host.
 */
async function start() {
  const args = process.argv.slice(2);
  await ensureInstalled();
  await ensureRendererBuilt();
  const wantsHost = args.some((arg) => arg === "--no-open" || arg.startsWith("--port"));
  if (!wantsHost && electronBinary()) return startDesktop(args);
  startHost(args);
}

/** @param {string[]} args */
function startHost(args) {
  const host = spawn(node24(), ["electron/host/main.ts", ...args], {
    cwd: ROOT,
    env: node24Env(),
    // The channel tells us the address, and tells the host when we are gone.
    stdio: ["inherit", "inherit", "inherit", "ipc"],
  });
  host.on("message", (message) => {
    const { studio } = /** @type {{studio?: string}} */ (message);
    if (studio && !args.includes("--no-open")) openInBrowser(studio);
  });
  forwardSignals(host);
}

start().catch(fail);
