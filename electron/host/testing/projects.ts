import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { DurableEvent, FinalEvent, RunEvent } from "../../../engine/run/events.ts";
import { isDurable, isFinal } from "../../../engine/run/events.ts";
import type { HostClient } from "../../../engine/rpc/client/index.ts";
import { freshHome } from "./started-host.ts";

/** A project of these files, removed after the test. Returns its folder. */
export async function projectOf(files: Record<string, string>): Promise<string> {
  const folder = join(await freshHome(), "desk");
  const all = { "heddle.yaml": "heddle: 1\nname: Desk\n", ...files };
  for (const [file, text] of Object.entries(all)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), text);
  }
  return folder;
}

/** The last event of a run, once it has ended. */
export async function endOf(client: HostClient, runId: string): Promise<FinalEvent> {
  for await (const event of await client.runs.events({ runId })) if (isFinal(event)) return event;
  throw new Error(`the run ${runId} didn't end`);
}

/** What is recorded of a run up to the first event that fits. */
export async function recordedUntil(
  client: HostClient,
  runId: string,
  fits: (event: RunEvent) => boolean,
): Promise<DurableEvent[]> {
  const seen: DurableEvent[] = [];
  for await (const event of await client.runs.events({ runId })) {
    if (isDurable(event)) seen.push(event);
    if (fits(event)) return seen;
  }
  throw new Error("the run ended before");
}
