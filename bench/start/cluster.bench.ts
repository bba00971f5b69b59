/**
 * How long publishing takes a person: `heddle cluster up` in a fresh folder until it is ready, and `heddle publish` on that cluster until the
 * first call over HTTP has its answer. Each from the start of the command. Median of several fresh clusters.
 * Usage: node bench/start/cluster.bench.ts [--json] [--runs 5]
 */
import { execFile } from "node:child_process";
import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs, promisify } from "node:util";
import { z } from "zod";
import { median, report, type Measurement } from "../report.ts";

const LIMITS = { up: 30_000, publish: 5_000 };
const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const QUESTION = { message: "Hi, you charged my card two times for the March invoice. Can you sort this out?" };

type Sample = Record<keyof typeof LIMITS, number>;

const deploymentSchema = z.object({ endpoint: z.url(), apiKey: z.string() });

async function heddle(home: string, ...args: string[]): Promise<unknown> {
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [join(ROOT, "publish/cli/heddle.mjs"), ...args, "--json"],
    {
      env: { ...process.env, HEDDLE_HOME: home },
    },
  );
  return JSON.parse(stdout);
}

async function measure(): Promise<Sample> {
  const home = await mkdtemp(join(tmpdir(), "heddle-bench-"));
  const project = join(home, "support-desk");
  await cp(join(ROOT, "assets/samples/support-desk"), project, { recursive: true });
  try {
    const up = await timed(() => heddle(home, "cluster", "up", "--port", "0"));
    const publish = await timed(() => publishAndCall(home, project));
    return { up, publish };
  } finally {
    await heddle(home, "cluster", "down");
    await rm(home, { recursive: true, force: true });
  }
}

async function publishAndCall(home: string, project: string): Promise<void> {
  const { endpoint, apiKey } = deploymentSchema.parse(await heddle(home, "publish", "triage", "--project", project));
  const headers = { authorization: `Bearer ${apiKey}`, "content-type": "application/json" };
  const response = await fetch(endpoint, { method: "POST", headers, body: JSON.stringify(QUESTION) });
  if (!response.ok) throw new Error(`the call failed: ${await response.text()}`);
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

const { values } = parseArgs({ options: { json: { type: "boolean" }, runs: { type: "string", default: "5" } } });
const samples: Sample[] = [];
for (let run = 0; run < Number(values.runs); run++) samples.push(await measure());

const row = (name: string, key: keyof Sample): Measurement => {
  const ours = median(samples.map((sample) => sample[key]));
  return {
    bench: "start",
    case: name,
    unit: "ms",
    ours,
    peer: LIMITS[key],
    peerName: "limit",
    ratio: LIMITS[key] / ours,
  };
};
report([
  row("heddle cluster up to ready", "up"),
  row("Publish on a warm cluster to the first successful call", "publish"),
]);
