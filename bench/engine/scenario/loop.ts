/** A loop of 100,000 rounds on SQLite: how long a round takes, and how much more memory is held at the end than after a tenth. */
import { flowOf, heldBytes, openBenchService, tell } from "./bench-service.ts";

const ROUNDS = 100_000;
const { service, close } = openBenchService();
const flow = flowOf(`heddle: 1
name: loop
nodes:
  start: { type: start, config: { fields: {} } }
  repeat:
    type: loop
    config: { times: "${ROUNDS}", limit: ${ROUNDS}, state: 0, next: "{{ state + 1 }}" }
    body:
      nodes:
        words: { type: template, config: { text: "round {{ index }} of {{ state }}" } }
  end: { type: answer, config: { text: "{{ repeat.state }}" } }
edges:
  - start -> repeat
  - repeat -> end
`);
const began = performance.now();
const runId = await service.start({ flow, name: "loop", revision: "1", input: {} });
let early = 0;
let late = 0;
let answer = "";
for await (const event of service.events({ runId })) {
  if (event.type === "step.completed" && event.path === `repeat[${ROUNDS / 10}]/words`) early = heldBytes();
  if (event.type === "step.completed" && event.path === `repeat[${ROUNDS - 1}]/words`) late = heldBytes();
  if (event.type === "run.completed") answer = JSON.stringify(event.output);
  if (event.type === "run.failed") throw new Error(event.error.message);
}
if (!answer.includes(String(ROUNDS))) throw new Error(`The loop answered ${answer}`);
const took = performance.now() - began;
tell({ microsecondsARound: (took * 1_000) / ROUNDS, growth: late - early, rss: process.resourceUsage().maxRSS * 1024 });
await close();
