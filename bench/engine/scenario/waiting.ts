/** 10,000 runs that wait for an event: how much memory each costs, and how long it takes to wake them all by one event. */
import { flowOf, heldBytes, openBenchService, tell } from "./bench-service.ts";

const RUNS = 10_000;
const { service, close } = openBenchService();
const flow = flowOf(`heddle: 1
name: waiting
nodes:
  start: { type: start, config: { fields: { order: { type: string } } } }
  wait: { type: wait-for-event, config: { event: paid, timeout: 14d } }
  end: { type: answer, config: { text: "{{ start.order }}" } }
edges:
  - start -> wait
  - wait -> end
`);
const start = (order: number) =>
  service.start({ flow, name: "waiting", revision: "1", input: { order: `order ${order}` } });

async function untilParked(runs: number): Promise<void> {
  // Runs that left memory hold nothing that could be asked; what they free can be: it settles.
  while (service.waits().length < runs) await pause(50);
  await pause(3_000);
}
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

const WARM = 500;
for (let order = 0; order < WARM; order++) await start(order);
await untilParked(WARM);
const before = heldBytes();
for (let order = 0; order < RUNS; order++) await start(order);
await untilParked(WARM + RUNS);
const bytesARun = (heldBytes() - before) / RUNS;
const began = performance.now();
const woken = await service.send({ event: "paid", payload: 1 });
if (woken !== WARM + RUNS) throw new Error(`${woken} runs were woken`);
while (service.list({ limit: RUNS + WARM }).some(({ state }) => state !== "succeeded")) await pause(100);
tell({ bytesARun, millisecondsToWakeAll: performance.now() - began });
await close();
