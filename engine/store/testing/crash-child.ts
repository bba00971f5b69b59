/**
 * A process that runs a flow on SQLite and kills itself (SIGKILL) when its nodes have done so many things, and so many microtasks later.
 * Started again on the same folder, it goes on. What its nodes do is appended to a log, one line each. Prints the run's
 * last event when the run is over.
 * Usage: node crash-child.ts <folder> <things> <microtasks>
 */
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { createCatalog } from "../../node/catalog.ts";
import { probeServices, type ProbeEntry } from "../../run/testing/probe.ts";
import { readFlow } from "../../flow/index.ts";
import { isFinal } from "../../run/events.ts";
import { openDatabase } from "../database.ts";
import { createRunService } from "../run-service.ts";
import { CRASH_FLOW } from "./crash-flow.ts";
import { RUN_NODES } from "./run-nodes.ts";

const [folder = "", things = "", microtasks = ""] = process.argv.slice(2);
const database = openDatabase({ path: join(folder, "runs.db") });
let left = Number(things);
const die = (after: number): void => {
  if (after === 0) process.kill(process.pid, "SIGKILL");
  else queueMicrotask(() => die(after - 1));
};
const note = ({ what, path, attempt }: ProbeEntry): void => {
  appendFileSync(join(folder, "log"), `${process.pid} ${what} ${path}#${attempt}\n`);
  if (--left === 0) die(Number(microtasks));
};
const services = probeServices(note);
const runs = createRunService({ database, catalog: createCatalog(RUN_NODES), services });
/** Gives the run what it waits for, as a person and another program would: the same event may be sent again. */
async function answerAll(): Promise<void> {
  for (const { runId, path, wait } of runs.waits()) {
    note({ what: `answered ${wait.kind}`, path, attempt: 1 });
    if (wait.kind === "task") await runs.answer({ runId, path, value: { choice: "yes", values: {} } });
    if (wait.kind === "event") await runs.send({ event: wait.event, payload: 5, id: "only" });
  }
}
runs.watchWaits(() => void answerAll());
const known = runs.list()[0]?.runId;
const { flow } = readFlow(CRASH_FLOW);
const runId = known ?? (await runs.start({ flow, name: "crash", revision: "1", input: "in" }));
runs.resumeUnfinished();
void answerAll();
for await (const event of runs.events({ runId })) if (isFinal(event)) console.log(JSON.stringify(event));
await runs.close();
database.close();
