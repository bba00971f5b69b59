import { once } from "node:events";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NODES } from "../../nodes/index.ts";
import { readFlow } from "../../engine/flow/index.ts";
import { seeded } from "./testing/crash/seeded.ts";
import { Subscriber } from "./testing/crash/subscriber.ts";
import { createWorld, type World } from "./testing/crash/world.ts";
import { startHost } from "./testing/started-host.ts";

/** How often the host is killed, and by which dice: `HEDDLE_CRASH_KILLS=500 HEDDLE_CRASH_SEED=7 npx vitest run electron/host/crash`. */
const KILLS = Number(process.env["HEDDLE_CRASH_KILLS"] ?? 40);
const SEED = Number(process.env["HEDDLE_CRASH_SEED"] ?? 1);
/** The longest that a host is left to work before it is killed, in ms after it is up. */
const LONGEST_WORK = 1_200;

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world?.dispose());

describe(`a host that is killed at any instant (${KILLS} times, seed ${SEED})`, () => {
  it("has flows of every kind of step", () => {
    const used = new Set(
      world.flows.flatMap(({ text }) => Object.values(readFlow(text).flow.nodes)).map((node) => node.type),
    );
    const missing = NODES.filter((node) => node.role === "step" && !used.has(node.type)).map((node) => node.type);
    expect(missing).toEqual([]);
  });

  it("goes on with every run as if nothing had happened", { timeout: KILLS * 4_000 + 60_000 }, async () => {
    const random = seeded(SEED);
    const life = new Life(world);
    const start = await life.measureStart();
    // One in eight dies before it is up; the others while they work.
    const span = (): number => (random() < 1 / 8 ? random() * start : start + random() * LONGEST_WORK);
    for (let kill = 0; kill < KILLS; kill++) await life.live(span());
    await life.liveToTheEnd();
    life.check();
    console.log(life.summary());
  });
});

/** The runs of one world, over all the hosts that carry them. */
class Life {
  private readonly world: World;
  private readonly subscribers: { flow: World["flows"][number]; subscriber: Subscriber }[] = [];
  private kills = 0;

  constructor(world: World) {
    this.world = world;
  }

  /** How long a host takes to come up on this machine, in ms. */
  async measureStart(): Promise<number> {
    const before = performance.now();
    const host = await startHost(this.world);
    const took = performance.now() - before;
    await host.end("SIGTERM");
    return took;
  }

  /** Starts a host, keeps it busy, and kills it so many ms later, wherever it is. */
  async live(ms: number): Promise<void> {
    const over = new Set(this.open().flatMap(({ subscriber }) => [...subscriber.over]));
    const before = this.world.effects.length;
    const kill = new AbortController();
    const working = startHost({ ...this.world, kill: kill.signal }).then(async ({ child, client }) => {
      const ended = once(child, "exit");
      await this.work(client, kill.signal).catch(async (error: unknown) => {
        await (kill.signal.aborted ? ended : Promise.reject(error));
      });
    });
    // What the kill tears down fails in many ways; what counts is what stands afterwards.
    const torn = working.catch((error: unknown) => {
      if (!kill.signal.aborted) throw error;
    });
    await Promise.race([delay(ms), torn]);
    this.kills++;
    kill.abort();
    await torn;
    const again = this.world.effects.slice(before).filter(({ key }) => over.has(key));
    expect(again, "steps that were over are not done again").toEqual([]);
  }

  /** A host that nobody kills: every run comes to its end. */
  async liveToTheEnd(): Promise<void> {
    const host = await startHost(this.world);
    await this.work(host.client, AbortSignal.timeout(60_000));
    await host.end("SIGTERM");
  }

  check(): void {
    expect(this.subscribers.length).toBeGreaterThan(0);
    for (const { flow, subscriber } of this.subscribers) {
      expect(subscriber.seen.map((event) => event.seq)).toEqual(subscriber.seen.map((_, index) => index + 1));
      expect(subscriber.end, `${flow.name}: ${JSON.stringify(subscriber.end)}`).toMatchObject(flow.ends);
    }
  }

  summary(): string {
    const events = this.subscribers.reduce((sum, { subscriber }) => sum + subscriber.seen.length, 0);
    const effects = new Set(this.world.effects.map(({ key }) => key)).size;
    return `${this.kills} kills, ${this.subscribers.length} runs, ${events} events, ${effects} effects (${this.world.effects.length} calls)`;
  }

  private open() {
    return this.subscribers.filter(({ subscriber }) => !subscriber.end);
  }

  private async work(client: Awaited<ReturnType<typeof startHost>>["client"], signal: AbortSignal): Promise<void> {
    if (this.open().length === 0) await this.startAll(client);
    await Promise.all(
      this.open().map(async ({ subscriber }) => {
        await subscriber.answerAll(client);
        await subscriber.follow(client, signal);
      }),
    );
  }

  /** One run of every flow. A start that the kill swallowed is made again: its key makes both one run. */
  private async startAll(client: Awaited<ReturnType<typeof startHost>>["client"]): Promise<void> {
    for (const flow of this.world.flows) {
      const { name, text, input, trigger } = flow;
      const { runId } = await client.runs.start({ flow: name, text, input, ...(trigger && { trigger }) });
      this.subscribers.push({ flow, subscriber: new Subscriber(runId) });
    }
  }
}
