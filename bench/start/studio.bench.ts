/**
 * How long a person waits, on a project that is already built: `npm start` to a canvas that answers a click; what the host weighs without
 * a model; Run of triage to its first token, with a cold and with a warm model process. Median of several fresh starts.
 * Usage: node bench/start/studio.bench.ts [--json] [--runs 5]
 */
import { spawn } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { chromium, type Browser } from "playwright-core";
import { chromiumFlags, chromiumPath } from "../../e2e/playwright.config.ts";
import { connectWebSocket } from "../../engine/rpc/client/index.ts";
import { median, report, type Measurement } from "../report.ts";

const LIMITS = { canvas: 2500, memory: 250, cold: 3000, warm: 500 };
const ROOT = new URL("../..", import.meta.url).pathname;
const QUESTION = { message: "Hi, you charged my card two times for the March invoice. Can you sort this out?" };

interface Sample {
  canvas: number;
  memory: number;
  cold: number;
  warm: number;
}

/** Every process below `pid`, from /proc; empty where there is none (then memory isn't measured). */
function descendants(pid: number): number[] {
  if (!existsSync("/proc")) return [];
  const parents = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => {
      const stat = readOrEmpty(`/proc/${name}/stat`);
      return { pid: Number(name), parent: Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]) };
    });
  const below = (parent: number): number[] =>
    parents.filter((entry) => entry.parent === parent).flatMap((entry) => [entry.pid, ...below(entry.pid)]);
  return below(pid);
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

/** Resident memory of the host process in MB. */
function hostMemory(root: number): number {
  const host = descendants(root).find((pid) => readOrEmpty(`/proc/${pid}/cmdline`).includes("electron/host/main.ts"));
  const line = host === undefined ? "" : readOrEmpty(`/proc/${host}/status`);
  return Number(/VmRSS:\s+(\d+) kB/.exec(line)?.[1] ?? Number.NaN) / 1024;
}

async function firstToken(url: string, unload: boolean): Promise<number> {
  const connection = new AbortController();
  const client = connectWebSocket(url, { signal: connection.signal });
  const model = (await client.models.list({})).find((entry) => entry.demo);
  if (!model) throw new Error("the demo model is missing");
  if (unload) await client.models.unload({ id: model.id });
  else await client.models.load({ id: model.id });
  const { text } = await client.flows.read({ name: "triage" });
  const began = performance.now();
  const { runId } = await client.runs.start({ flow: "triage", text, input: QUESTION });
  let first = Number.NaN;
  for await (const event of await client.runs.events({ runId, after: 0 })) {
    if (Number.isNaN(first) && (event.type === "step.delta" || event.type === "answer.delta"))
      first = performance.now() - began;
    if (event.type === "run.failed") throw new Error(event.error.message);
  }
  connection.abort();
  return first;
}

async function measure(browser: Browser): Promise<Sample> {
  const home = await mkdtemp(join(tmpdir(), "heddle-bench-"));
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const began = performance.now();
  const child = spawn("npm", ["start", "--", "--no-open", "--port", "0"], {
    cwd: ROOT,
    env: { ...process.env, HEDDLE_HOME: home },
    stdio: ["ignore", "pipe", "inherit"],
    detached: true,
  });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      child.once("exit", (code) => reject(new Error(`npm start ended with ${code}`)));
      createInterface(child.stdout!).on("line", (line) => {
        const match = /Studio: (http:\S+)/.exec(line);
        if (match?.[1]) resolve(match[1]);
      });
    });
    await page.goto(url, { waitUntil: "commit" });
    const card = page.locator(".react-flow__node").first();
    await card.click();
    await page.locator(".react-flow__node.selected").first().waitFor();
    const canvas = performance.now() - began;
    const memory = hostMemory(child.pid!);
    await page.close();
    const cold = await firstToken(url, true);
    const warm = await firstToken(url, false);
    return { canvas, memory, cold, warm };
  } finally {
    process.kill(-child.pid!, "SIGTERM");
    if (child.exitCode === null) await new Promise((resolve) => child.once("exit", resolve));
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
}

const { values } = parseArgs({ options: { json: { type: "boolean" }, runs: { type: "string", default: "5" } } });
const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags });
const samples: Sample[] = [];
await measure(browser); // warms the disk cache, as a second start of the day
for (let run = 0; run < Number(values.runs); run++) samples.push(await measure(browser));
await browser.close();

const row = (name: string, unit: string, key: keyof Sample): Measurement => {
  const ours = median(samples.map((sample) => sample[key]));
  return { bench: "start", case: name, unit, ours, peer: LIMITS[key], peerName: "limit", ratio: LIMITS[key] / ours };
};
report([
  row("npm start to an interactive canvas", "ms", "canvas"),
  row("host memory without a model", "MB", "memory"),
  row("Run of triage to the first token, cold model", "ms", "cold"),
  row("Run of triage to the first token, warm model", "ms", "warm"),
]);
