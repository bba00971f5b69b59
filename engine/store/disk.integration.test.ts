import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openDatabase } from "./database.ts";
import { ServiceDriver } from "./testing/service-driver.ts";

const LENGTH = 12;
const names = Array.from({ length: LENGTH }, (_, index) => `b${index}`);
const BULKY: [string, string] = [
  names.map((name) => `${name}: { type: bulk, config: { size: 40000 } }`).join("\n"),
  names.map((name, index) => `${index === 0 ? "start" : names[index - 1]} -> ${name}`).join(", "),
];

/** Whether a command that only root may use works here: elsewhere these tests are left out. */
function isAllowed(command: string, ...args: string[]): boolean {
  try {
    execFileSync(command, args, { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function canMount(): boolean {
  const probe = mkdtempSync(join(tmpdir(), "heddle-mount-"));
  const can = isAllowed("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", probe) && isAllowed("umount", probe);
  rmSync(probe, { recursive: true });
  return can;
}

function canProtect(): boolean {
  const probe = join(mkdtempSync(join(tmpdir(), "heddle-protect-")), "file");
  writeFileSync(probe, "");
  const can = isAllowed("chattr", "+i", probe) && isAllowed("chattr", "-i", probe);
  rmSync(join(probe, ".."), { recursive: true });
  return can;
}

describe.skipIf(!canMount())("a disk of two megabytes", () => {
  let disk: string;
  let driver: ServiceDriver;
  const filler = () => join(disk, "filler");

  beforeEach(() => {
    disk = mkdtempSync(join(tmpdir(), "heddle-disk-"));
    execFileSync("mount", ["-t", "tmpfs", "-o", "size=2m", "tmpfs", disk]);
    driver = new ServiceDriver({}, disk);
  });
  afterEach(async () => {
    rmSync(filler(), { force: true });
    await driver.shut();
    execFileSync("umount", [disk]);
    rmSync(disk, { recursive: true });
  });
  /** Leaves so many bytes. */
  function fill(left: number): void {
    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(filler(), Buffer.alloc(bavail * bsize - left));
  }

  it("that is full stops a run in words; when there is space again the run goes on, and nothing it did is lost", async () => {
    fill(300_000);
    const runId = await driver.start(BULKY);
    await expect(driver.read(runId)).rejects.toMatchObject({ code: "store.disk-full" });
    const recorded = driver.service.recorded(runId);
    const done = recorded.filter((event) => event.type === "step.completed" && event.path.startsWith("b")).length;
    expect(done).toBeGreaterThan(0);
    expect(done).toBeLessThan(LENGTH);
    // The host goes on: it lists its runs, refuses new ones in words, and takes up the old one when it can.
    expect(driver.service.list()).toMatchObject([{ runId, state: "running" }]);
    await expect(driver.start(BULKY, { input: "x".repeat(400_000) })).rejects.toMatchObject({
      code: "store.disk-full",
    });
    rmSync(filler());
    expect(driver.service.resumeUnfinished()).toContain(runId);
    const events = await driver.read(runId);
    expect(events.at(-1)).toMatchObject({ type: "run.completed" });
    expect(events.slice(0, recorded.length)).toEqual(recorded);
    const twice = Object.values(driver.executed()).filter((times) => times > 1);
    expect(twice.length).toBeLessThanOrEqual(2);
  });

  it("that is full keeps a large value from being half there", async () => {
    fill(200_000);
    const runId = await driver.start([`a: { type: bulk, config: { size: 600000 } }`, "start -> a"]);
    await expect(driver.read(runId)).rejects.toMatchObject({ code: "store.disk-full" });
    rmSync(filler());
    await driver.reopen();
    const done = await driver.untilEvent(runId, "step.completed", "a");
    const { digest } = done.large!["output"]!;
    expect(driver.service.value({ runId, digest })).toMatchObject({ text: expect.stringMatching(/x{1000}$/) });
  });

  it("that can only be read says so", async () => {
    const runId = await driver.start(BULKY);
    await driver.last(runId);
    await driver.shut();
    execFileSync("mount", ["-o", "remount,ro", disk]);
    expect(() => openDatabase({ path: join(disk, "runs.sqlite") })).toThrow(
      expect.objectContaining({ code: "store.read-only" }),
    );
    execFileSync("mount", ["-o", "remount,rw", disk]);
    driver.open();
    expect(driver.service.list()).toMatchObject([{ runId, state: "succeeded" }]);
  });
});

describe.skipIf(!canProtect())("files that become read-only", () => {
  it("stop a run in words; it goes on when they can be written again", async () => {
    const folder = mkdtempSync(join(tmpdir(), "heddle-protect-"));
    const state = join(folder, ".heddle");
    mkdirSync(state);
    const driver = new ServiceDriver({}, state);
    const log = join(state, "runs.sqlite-turns");
    try {
      const runId = await driver.start([`a: { type: ask, config: { title: T } }`, "start -> a"]);
      await driver.untilEvent(runId, "run.waiting");
      expect(existsSync(log)).toBe(true);
      execFileSync("chattr", ["+i", log]);
      const reader = driver.read(runId);
      await driver.service.answer({ runId, path: "a/answer", value: { choice: "yes", values: {} } });
      await expect(reader).rejects.toMatchObject({ code: "store.read-only" });
      execFileSync("chattr", ["-i", log]);
      expect(driver.service.resumeUnfinished()).toEqual([runId]);
      expect((await driver.untilEvent(runId, "step.completed", "a")).output).toMatchObject({
        answer: { choice: "yes" },
      });
    } finally {
      isAllowed("chattr", "-i", log);
      await driver.shut();
      rmSync(folder, { recursive: true });
    }
  });
});
