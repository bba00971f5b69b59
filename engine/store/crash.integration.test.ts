import { spawn, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { TurnStore } from "../driver/turn-store.ts";
import type { DurableEvent } from "../run/events.ts";
import { openDatabase } from "./database.ts";
import { CRASH_ANSWER } from "./testing/crash-flow.ts";

const KILLS = 8;
const CHILD = join(import.meta.dirname, "testing", "crash-child.ts");

/** Numbers from 0 to 1 that are the same for the same seed (mulberry32). */
function* randomNumbers(seed: number): Generator<number, never> {
  for (let state = seed; ;) {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    yield ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}

describe("a process that is killed while it runs a flow", () => {
  let folder: string;
  let child: ChildProcess | undefined;
  afterEach(() => {
    child?.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  });

  /** Starts the process, which is killed so many microtasks after its nodes did so many things. Resolves with what it printed. */
  function live(things: number, microtasks: number): Promise<string> {
    const started = spawn(process.execPath, [CHILD, folder, String(things), String(microtasks)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    child = started;
    let printed = "";
    started.stdout.on("data", (data: Buffer) => (printed += data.toString()));
    return new Promise((resolve, reject) =>
      started.on("close", (code) => (code ? reject(new Error(`The process ended with ${code}`)) : resolve(printed))),
    );
  }

  const log = (): string[] =>
    existsSync(join(folder, "log")) ? readFileSync(join(folder, "log"), "utf8").trim().split("\n") : [];

  function recorded(): DurableEvent[] {
    const database = openDatabase({ path: join(folder, "runs.db") });
    const events = [...new TurnStore({ sql: database.sql }).events({ number: 1, runId: "r" }, 0)];
    database.close();
    return events;
  }

  it.each([1, 2, 3, 4])(
    "ends as if it had not been, without doing a recorded step again (seed %i)",
    { timeout: 120_000 },
    async (seed) => {
      folder = mkdtempSync(join(tmpdir(), "heddle-crash-"));
      const random = randomNumbers(seed);
      let printed = "";
      let kills = 0;
      for (; printed === ""; kills++) {
        const before = existsSync(join(folder, "runs.db")) ? recorded() : [];
        const linesBefore = log().length;
        const things = 1 + Math.floor(random.next().value * 8);
        printed = await live(kills < KILLS ? things : 0, Math.floor(random.next().value * 12));
        expect(recorded().slice(0, before.length)).toEqual(before);
        const over = new Set(
          before.flatMap((event) =>
            event.type === "step.completed" || event.type === "step.failed" ? [`${event.path}#${event.attempt}`] : [],
          ),
        );
        const again = log()
          .slice(linesBefore)
          .filter((line) => over.has(line.split(" ").slice(2).join(" ")));
        expect(again).toEqual([]);
      }
      expect(kills).toBe(KILLS + 1);
      expect(JSON.parse(printed)).toMatchObject({ type: "run.completed", output: { text: CRASH_ANSWER } });
      expect(recorded().map((event) => event.seq)).toEqual(recorded().map((_, index) => index + 1));
    },
  );
});
