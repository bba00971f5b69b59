/** 1,000 short runs at once, each with four waits of 5 ms around an HTTP call: their latency beside that of single runs one after the other. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { flowOf, openBenchService, quantile, tell } from "./bench-service.ts";

const RUNS = 1_000;
const SINGLE = 200;
const server = fork(join(import.meta.dirname, "http-server.ts"), { stdio: ["ignore", "inherit", "inherit", "ipc"] });
const [port] = (await once(server, "message")) as [number];
const { service, close } = openBenchService();
const flow = flowOf(`heddle: 1
name: short
nodes:
  start: { type: start, config: { fields: {} } }
  first: { type: delay, config: { for: 5ms } }
  second: { type: delay, config: { for: 5ms } }
  call: { type: http-request, config: { url: "http://127.0.0.1:${port}/" } }
  third: { type: delay, config: { for: 5ms } }
  fourth: { type: delay, config: { for: 5ms } }
  end: { type: answer, config: { text: "{{ call.status }}" } }
edges:
  - start -> first
  - first -> second
  - second -> call
  - call -> third
  - third -> fourth
  - fourth -> end
`);

/** Milliseconds from the start to the last event. */
async function oneRun(): Promise<number> {
  const began = performance.now();
  const runId = await service.start({ flow, name: "short", revision: "1", input: {} });
  for await (const event of service.events({ runId })) {
    if (event.type === "run.failed") throw new Error(event.error.message);
    if (event.type === "run.completed") return performance.now() - began;
  }
  throw new Error("The run didn’t end");
}

const single: number[] = [];
for (let run = 0; run < SINGLE + 50; run++) {
  const took = await oneRun();
  if (run >= 50) single.push(took);
}
for (let warm = 0; warm < 3; warm++) await Promise.all(Array.from({ length: RUNS }, oneRun));
const together = await Promise.all(Array.from({ length: RUNS }, oneRun));
tell({
  singleMedian: quantile(single, 0.5),
  singleP95: quantile(single, 0.95),
  togetherMedian: quantile(together, 0.5),
  togetherP95: quantile(together, 0.95),
});
server.kill();
await close();
