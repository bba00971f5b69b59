import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createCatalog } from "../node/catalog.ts";
import { CONTRACT_NODES } from "../run/testing/nodes.ts";
import { probeServices, type ProbeEntry } from "../run/testing/probe.ts";
import { contractFlow } from "../run/driver-contract.ts";
import { isDurable, isFinal, type RunEvent } from "../run/events.ts";
import { applyEvent, emptyRunView } from "../run/view.ts";
import { openDatabase, type Database } from "./database.ts";
import { createRunService, type RunService } from "./run-service.ts";

const catalog = createCatalog(CONTRACT_NODES);
const HANGING = contractFlow("a: { type: hang }\nb: { type: echo, config: { value: 1 } }", "start -> a, a -> b");
const SPEAKING = contractFlow(
  `
  a: { type: speak, config: { text: "${"word ".repeat(200)}end" } }
  end: { type: reply, config: { text: "{{ a.text }}" } }`,
  "start -> a, a -> end",
);
const request = { name: "test", revision: "1", input: "in" };

describe("run service", () => {
  let folder: string;
  let database: Database;
  let service: RunService;
  let notes: ProbeEntry[];

  function open(): void {
    database = openDatabase({ path: join(folder, "runs.db") });
    service = createRunService({ database, catalog, services: probeServices((entry) => notes.push(entry)) });
  }
  async function shut(): Promise<void> {
    await service.close();
    database.close();
  }

  beforeEach(() => {
    notes = [];
    folder = mkdtempSync(join(tmpdir(), "heddle-runs-"));
    open();
  });
  afterEach(async () => {
    await shut();
    rmSync(folder, { recursive: true });
  });

  async function read(
    runId: string,
    options: { after?: number; until?: (event: RunEvent) => boolean } = {},
  ): Promise<RunEvent[]> {
    const events: RunEvent[] = [];
    for await (const event of service.events({ runId, ...options })) {
      events.push(event);
      if (options.until?.(event)) break;
    }
    return events;
  }
  const waiting = (event: RunEvent) => event.type === "step.delta" && event.text === "waiting";

  it("has recorded the start when it gives the id, and keeps the run", async () => {
    const runId = await service.start({ flow: SPEAKING, ...request });
    expect(service.list()).toMatchObject([{ runId, flow: "test" }]);
    const events = await read(runId);
    expect(events[0]).toMatchObject({ type: "run.started", flow: "test", revision: "1", input: "in" });
    expect(events.at(-1)).toMatchObject({ type: "run.completed" });
    expect(service.list({ flow: "test" })).toMatchObject([
      { runId, state: "succeeded", endedAt: expect.any(Number) as number },
    ]);
    expect(service.list({ flow: "other" })).toEqual([]);
    expect(service.flowOf(runId)).toEqual(SPEAKING);
  });

  it("says before anything starts why a flow can't run", async () => {
    const broken = contractFlow(`a: { type: echo, config: { value: "{{ nobody.value }}" } }`, "start -> a");
    await expect(service.start({ flow: broken, ...request })).rejects.toMatchObject({ code: "run.not-runnable" });
    expect(service.list()).toEqual([]);
  });

  it("loses and doubles nothing for readers that join at any moment", { timeout: 30_000 }, async () => {
    const text = `${"word ".repeat(200)}end`;
    const runId = await service.start({ flow: SPEAKING, ...request });
    const readers: Promise<RunEvent[]>[] = [];
    for await (const event of service.events({ runId })) {
      readers.push(read(runId, { after: isDurable(event) ? event.seq - 1 : 0 }), read(runId));
    }
    const recorded = (await read(runId)).filter(isDurable);
    expect(readers.length).toBeGreaterThan(200);
    for (const events of await Promise.all(readers)) {
      const durable = events.filter(isDurable);
      expect(durable).toEqual(recorded.slice(recorded.length - durable.length));
      const spoken = events.some((event) => event.type === "answer.delta");
      const view = events.reduce(applyEvent, emptyRunView(runId));
      expect(view.output).toEqual({ text });
      if (spoken) expect(view.answer).toBe(text);
    }
  });

  it("gives who joins in the middle the text that was said so far", async () => {
    const runId = await service.start({ flow: SPEAKING, ...request });
    for await (const event of service.events({ runId })) {
      if (event.type !== "step.delta" || event.n < 100) continue;
      const late = await read(runId, { until: (one) => one.type === "answer.delta" });
      const view = late.reduce(applyEvent, emptyRunView(runId));
      expect(view.steps["a"]!.text.length).toBeGreaterThanOrEqual(100);
      expect(view.answer.length).toBeGreaterThanOrEqual(100);
      break;
    }
  });

  it("ends a reader whose caller gives up", async () => {
    const runId = await service.start({ flow: HANGING, ...request });
    const abort = new AbortController();
    const events: RunEvent[] = [];
    for await (const event of service.events({ runId, signal: abort.signal })) {
      events.push(event);
      if (waiting(event)) abort.abort();
    }
    expect(events.some(isFinal)).toBe(false);
  });

  it("cancels a run and keeps that", async () => {
    const runId = await service.start({ flow: HANGING, ...request });
    await read(runId, { until: waiting });
    await service.cancel(runId);
    expect((await read(runId)).at(-1)?.type).toBe("run.cancelled");
    expect(service.list()[0]?.state).toBe("cancelled");
    await service.cancel(runId);
    await expect(service.cancel("nobody")).rejects.toMatchObject({ code: "not-found" });
  });

  it("goes on with runs that were under way when it closed", async () => {
    const runId = await service.start({ flow: HANGING, ...request });
    const reader = read(runId);
    await read(runId, { until: waiting });
    await shut();
    await expect(reader).rejects.toMatchObject({ code: "run.interrupted" });
    expect(notes.map((note) => note.what)).toEqual(["executed", "aborted"]);
    open();
    expect(service.list()).toMatchObject([{ runId, state: "running" }]);
    expect(service.resumeUnfinished()).toEqual([runId]);
    expect(service.resumeUnfinished()).toEqual([]);
    await read(runId, { until: waiting });
    await service.cancel(runId);
    const events = (await read(runId)).filter(isDurable);
    expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
    expect(events.at(-1)?.type).toBe("run.cancelled");
  });

  it("cancels a run that nobody has resumed yet", async () => {
    const runId = await service.start({ flow: HANGING, ...request });
    await shut();
    open();
    await service.cancel(runId);
    expect((await read(runId)).at(-1)?.type).toBe("run.cancelled");
  });

  it("ends a run as failed whose flow can no longer be planned", async () => {
    const runId = await service.start({ flow: HANGING, ...request });
    await service.close();
    service = createRunService({ database, catalog: createCatalog([]), services: probeServices(() => undefined) });
    expect(service.resumeUnfinished()).toEqual([]);
    expect((await read(runId)).at(-1)).toMatchObject({ type: "run.failed", error: { code: "run.not-runnable" } });
    expect(service.list()[0]).toMatchObject({ state: "failed", error: { code: "run.not-runnable" } });
  });

  it("runs many flows at once without mixing their events", async () => {
    const ids = await Promise.all(Array.from({ length: 20 }, () => service.start({ flow: SPEAKING, ...request })));
    const all = await Promise.all(ids.map((runId) => read(runId)));
    all.forEach((events, index) => {
      expect(events.every((event) => event.runId === ids[index])).toBe(true);
      expect(events.at(-1)?.type).toBe("run.completed");
    });
  });
});
