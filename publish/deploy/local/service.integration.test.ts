import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ProcessRecord } from "./cluster-file.ts";
import { isRunning, signal } from "./process.ts";
import { keepRunning, type Service, type ServiceSpec } from "./service.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "heddle-service-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const READY =
  "process.send({ ready: true }); process.on('disconnect', () => process.exit()); setInterval(() => {}, 1000);";

function start(
  name: string,
  script: string,
): { service: Service; births: ProcessRecord[]; ready(times: number): Promise<void> } {
  const births: ProcessRecord[] = [];
  const spec: ServiceSpec = {
    name,
    log: join(folder, `${name}.log`),
    speaks: true,
    command: () => ({ file: process.execPath, args: ["-e", script] }),
  };
  const waiting: (() => void)[] = [];
  const service: Service = keepRunning(spec, {
    changed: () => waiting.forEach((look) => look()),
    born: (record) => births.push(record),
    died: () => undefined,
  });
  const ready = (times: number) =>
    new Promise<void>((resolve) => {
      const look = (): void => {
        if (births.length >= times && service.state === "ready") resolve();
      };
      waiting.push(look);
      look();
    });
  return { service, births, ready };
}

it("starts a killed process again until it is told to stop", async () => {
  const { service, births, ready } = start("killed", READY);
  await service.started;
  signal(births[0]!, "SIGKILL");
  await ready(2);
  signal(births[1]!, "SIGKILL");
  await ready(3);
  await service.stop();
  expect(service.state).toBe("stopped");
  expect(births.map(isRunning)).toEqual([false, false, false]);
});

it("says with the log’s last lines why a process can’t be started", async () => {
  const { service } = start("broken", "console.error('the disk is full'); process.exit(3)");
  await expect(service.started).rejects.toThrow(/ended with code 3; the disk is full/);
  await service.stop();
});
