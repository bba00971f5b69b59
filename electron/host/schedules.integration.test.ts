import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import Database from "better-sqlite3";
import { expect, it } from "vitest";
import type { HostClient } from "../../engine/rpc/client/index.ts";
import { projectOf } from "./testing/projects.ts";
import { freshHome, startHost, type StartedHost } from "./testing/started-host.ts";

const tick = (cron: string, missed = "all"): string => `heddle: 1
name: Tick
nodes:
  clock: { type: schedule, title: Every second, config: { cron: '${cron}', missed: ${missed} } }
  answer: { type: answer, config: { text: '{{ clock.scheduledAt }}' } }
edges:
  - clock -> answer
`;

/** The due times of all runs, in order, in seconds. */
async function dueTimes(client: HostClient): Promise<number[]> {
  const runs = await client.runs.list({ limit: 500 });
  const inputs = await Promise.all(
    runs.map(async ({ runId }) => {
      for await (const event of await client.runs.events({ runId }))
        if (event.type === "run.started") return event.input as { scheduledAt: string };
      throw new Error("a run without a beginning");
    }),
  );
  return inputs.map(({ scheduledAt }) => Date.parse(scheduledAt) / 1_000).toSorted((a, b) => a - b);
}

/** Waits until so many runs more have started than there were. */
async function runsMore(host: StartedHost, count: number): Promise<void> {
  let fired = 0;
  let last: string | undefined;
  for await (const [status] of await host.client.triggers.watch({})) {
    if (status?.lastRunId === last) continue;
    if (last !== undefined) fired += 1;
    last = status?.lastRunId;
    if (fired >= count) return;
  }
}

const consecutive = (times: readonly number[]): boolean => times.every((at, index) => at === times[0]! + index);

it("fire exactly once for each due time, though the host is killed at any moment", { timeout: 180_000 }, async () => {
  const home = await freshHome();
  const project = await projectOf({ "flows/tick.flow.yaml": tick("* * * * * *") });
  let host = await startHost({ home, project });
  const [status] = await host.client.triggers.setActive({ flow: "tick", active: true });
  expect(status).toMatchObject({ active: true, kind: "schedule" });
  expect(status!.next).toHaveLength(3);
  for (const more of [1, 2, 1, 2, 1]) {
    await runsMore(host, more);
    await host.end("SIGKILL");
    host = await startHost({ home, project });
  }
  await runsMore(host, 2);
  await host.client.triggers.setActive({ flow: "tick", active: false });
  const times = await dueTimes(host.client);
  expect(times.length).toBeGreaterThanOrEqual(10);
  expect(consecutive(times), JSON.stringify(times)).toBe(true);
});

it("carry out what was decided before a kill, and only once", async () => {
  const home = await freshHome();
  const project = await projectOf({ "flows/tick.flow.yaml": tick("0 0 1 1 *", "skip") });
  const first = await startHost({ home, project });
  await first.client.triggers.setActive({ flow: "tick", active: true });
  await first.end("SIGKILL");
  // As a host leaves it that is killed between its decision and the start of the run.
  const left = new Database(join(project, ".heddle", "triggers.sqlite"));
  const key = `schedule/tick/clock/${Date.UTC(2026, 0, 1)}`;
  const input = JSON.stringify({ scheduledAt: "2026-01-01T00:00:00.000Z", firedAt: "2026-01-01T00:00:00.100Z" });
  left.prepare("INSERT INTO firings (key, flow, node, input, at) VALUES (?, 'tick', 'clock', ?, ?)").run(key, input, 0);
  left.close();

  const second = await startHost({ home, project });
  await second.client.triggers.list({});
  expect(await dueTimes(second.client)).toEqual([Date.UTC(2026, 0, 1) / 1_000]);
  await second.end("SIGKILL");
  // And as one leaves it that is killed between the start of the run and noting it down.
  const again = new Database(join(project, ".heddle", "triggers.sqlite"));
  again.prepare("UPDATE firings SET run_id = NULL").run();
  again.close();
  const third = await startHost({ home, project });
  await third.client.triggers.list({});
  expect(await dueTimes(third.client)).toHaveLength(1);
});

it("make up for missed times as they are told to", async () => {
  const home = await freshHome();
  const policies = ["skip", "once", "all"] as const;
  const files = policies.map((missed) => [`flows/${missed}.flow.yaml`, tick("0 * * * *", missed)] as const);
  const project = await projectOf(Object.fromEntries(files));
  const first = await startHost({ home, project });
  for (const flow of policies) await first.client.triggers.setActive({ flow, active: true });
  await first.end("SIGKILL");
  // Nobody was there for the last three hours and a half.
  const left = new Database(join(project, ".heddle", "triggers.sqlite"));
  left.prepare("UPDATE trigger_marks SET checked = ?").run(Date.now() - 3.5 * 3_600_000);
  left.close();

  const second = await startHost({ home, project });
  await second.client.triggers.list({});
  const count = async (flow: string) => (await second.client.runs.list({ flow })).length;
  await expect.poll(() => count("all"), { timeout: 20_000 }).toBeGreaterThanOrEqual(3);
  // Just after a full hour that one isn't missed but due.
  const due = new Date().getMinutes() === 0 ? 1 : 0;
  expect([await count("skip"), await count("once")]).toEqual([due, 1 + due]);
});

it("follow the file at once, and rest while it is gone", async () => {
  const project = await projectOf({ "flows/tick.flow.yaml": tick("0 0 1 1 *") });
  const { client } = await startHost({ home: await freshHome(), project });
  await client.triggers.setActive({ flow: "tick", active: true });
  const changes = await client.triggers.watch({});
  const { revision: base } = await client.flows.read({ name: "tick" });
  await client.flows.write({ name: "tick", text: tick("* * * * * *"), base });
  for await (const [status] of changes) if (status?.lastRunId !== undefined) break;
  expect((await dueTimes(client))[0]! * 1_000).toBeGreaterThan(Date.now() - 10_000);

  const path = join(project, "flows", "tick.flow.yaml");
  const text = await readFile(path, "utf8");
  await client.flows.remove({ name: "tick" });
  const [gone] = await client.triggers.list({});
  expect(gone).toMatchObject({ active: true, error: { code: "trigger.flow-gone" } });
  const before = (await client.runs.list({})).length;
  const watched = await client.triggers.watch({});
  await writeFile(path, text);
  for await (const [status] of watched) if (status && !status.error && status.lastRunId !== gone!.lastRunId) break;
  expect((await client.runs.list({})).length).toBeGreaterThan(before);
});
