/**
 * A run of 10,000 steps whose outputs are 1 GiB in total, each read again by what follows it: the most memory that the process had, and how
 * much more JavaScript holds near the end than near the beginning.
 */
import { flowOf, heldBytes, openBenchService, tell } from "./bench-service.ts";

const STEPS = 10_000;
const SIZE = Math.ceil(1024 ** 3 / STEPS);
const { service, close } = openBenchService();
const flow = flowOf(`heddle: 1
name: gigabyte
nodes:
  start: { type: start, config: { fields: { count: { type: number } } } }
  all:
    type: loop
    config: { times: start.count, limit: ${STEPS}, state: 0, next: "{{ state + (step.text.contains('/all[') ? 1 : 0) }}" }
    body:
      nodes:
        step: { type: bulk, config: { size: ${SIZE} } }
  end: { type: answer, config: { text: "{{ all.state }}" } }
edges:
  - start -> all
  - all -> end
`);
const idle = process.memoryUsage().rss;
const began = performance.now();
const runId = await service.start({ flow, name: "gigabyte", revision: "1", input: { count: STEPS } });
let answer = "";
let early = 0;
let late = 0;
for await (const event of service.events({ runId })) {
  if (event.type === "step.completed" && event.path === `all[${STEPS / 10}]/step`) early = heldBytes();
  if (event.type === "step.completed" && event.path === `all[${STEPS - 1}]/step`) late = heldBytes();
  if (event.type === "run.failed") throw new Error(event.error.message);
  if (event.type === "run.completed") answer = JSON.stringify(event.output);
}
if (!answer.includes(String(STEPS))) throw new Error(`The run answered ${answer}`);
tell({
  rss: process.resourceUsage().maxRSS * 1024,
  idle,
  growth: late - early,
  seconds: (performance.now() - began) / 1_000,
});
await close();
