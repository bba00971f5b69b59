import { createMemoryDriver } from "../../driver/memory-driver.ts";
import { createCatalog } from "../../node/catalog.ts";
import { contractDocument } from "./contract-document.ts";
import { execute } from "../execute.ts";
import { planOrThrow } from "../plan.ts";
import { CONTRACT_NODES } from "./nodes.ts";
import { probeServices } from "./probe.ts";

/** What a long loop took, as the process that ran it says. */
export interface LoopReport {
  events: number;
  /** The heap at its largest, measured ten times behind a full collection, less the first measurement. */
  grownBytes: number;
  /** How often a timer of this process could fire meanwhile. */
  breaths: number;
}

// Run as a script: `node --expose-gc long-loop.ts <rounds>`. Both steps of a round are computed at once, so that nothing ever waits.
const rounds = Number(process.argv[2]);
const { flow } = contractDocument(
  `l: { type: again, config: { state: 0, while: "index < ${rounds}", next: "{{ b.value }}" }, body: {
    nodes: { a: { type: compute, config: { value: "{{ state + 1 }}" } }, b: { type: compute, config: { value: "{{ a.value }}" } } },
    edges: [a -> b] } }`,
  "start -> l",
);
const heaps: number[] = [];
let events = 0;
const driver = createMemoryDriver({
  publish(event) {
    events++;
    if (event.type !== "step.completed" || event.node !== "b" || (events - 10) % (rounds * 0.6) > 6) return;
    globalThis.gc?.();
    heaps.push(process.memoryUsage().heapUsed);
  },
});
let breaths = 0;
const timer = setInterval(() => breaths++, 1);
const plan = planOrThrow(flow, createCatalog(CONTRACT_NODES));
const services = probeServices(() => undefined);
const outcome = await execute(plan, { runId: "r", flow: "loop", revision: "1", input: 1, services, driver });
clearInterval(timer);
if (!globalThis.gc || heaps.length < 9 || outcome.state !== "succeeded")
  throw new Error(`measured ${heaps.length} times`);
const done: LoopReport = { events, grownBytes: Math.max(...heaps) - heaps[0]!, breaths };
process.stdout.write(JSON.stringify(done));
