import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { ensureInstalled } from "./steps/install.mjs";
import { node24, node24Env } from "./steps/node24.mjs";
import { openInBrowser } from "./steps/open-browser.mjs";
import { at, ROOT } from "./steps/paths.mjs";
import { fail, say } from "./steps/run.mjs";

const HOST_PORT = 4311;
const PAGE_PORT = 4312;
const PAGE = `http://127.0.0.1:${PAGE_PORT}`;

/** `npm run dev`: the host restarts when its sources change, the page reloads in place. */
async function dev() {
  await ensureInstalled();
  const args = process.argv.slice(2);
  // One token for all restarts of the host, so that the page finds it again.
  const token = randomBytes(24).toString("hex");
  const env = { ...node24Env(), HEDDLE_DEV_HOST: `http://127.0.0.1:${HOST_PORT}`, HEDDLE_TOKEN: token };
  const host = spawn(
    node24(),
    [
      "--watch",
      "--watch-preserve-output",
      "electron/host/main.ts",
      "--no-open",
      `--port=${HOST_PORT}`,
      `--origin=${PAGE}`,
      ...args,
    ],
    { cwd: ROOT, env, stdio: "inherit" },
  );
  const page = spawn(node24(), [at("node_modules", "vite", "bin", "vite.js"), "--port", String(PAGE_PORT)], {
    cwd: ROOT,
    env,
    stdio: "inherit",
  });
  const url = `${PAGE}/#token=${token}`;
  say(`the studio with hot reload: ${url}`);
  if (!args.includes("--no-open")) openInBrowser(url);
  const children = [host, page];
  const end = () => children.forEach((child) => child.kill());
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, end);
  for (const child of children) child.on("exit", end);
}

dev().catch(fail);
