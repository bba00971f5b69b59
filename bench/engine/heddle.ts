import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { createMemoryDriver } from "../../engine/driver/memory-driver.ts";
import { createSqliteDriver } from "../../engine/driver/sqlite-driver.ts";
import { TurnStore, type RunPlace } from "../../engine/driver/turn-store.ts";
import { readFlow, type Flow } from "../../engine/flow/index.ts";
import { asRunId } from "../../engine/lib/ids.ts";
import type { JsonSchema } from "../../engine/lib/json.ts";
import { createCatalog } from "../../engine/node/catalog.ts";
import { defineNode, type AnyNode, type StepNode } from "../../engine/node/define.ts";
import { jsonTemplate } from "../../engine/node/fields.ts";
import type { NodeServices } from "../../engine/node/services.ts";
import type { RunEvent } from "../../engine/run/events.ts";
import { execute, type RunOutcome } from "../../engine/run/execute.ts";
import { planOrThrow } from "../../engine/run/plan.ts";
import { openDatabase } from "../../engine/store/database.ts";
import { RunStore } from "../../engine/store/runs.ts";
import type { Shape, Subject } from "./subject.ts";

const text = (words: string) => ({ en: words, zh: words });
const value: JsonSchema = { type: "object", properties: { value: { type: "number" } }, required: ["value"] };

/** All of these have effects as far as the engine knows, so that every one is an operation of the driver and recorded. */
function benchNode<Config>(
  node: Pick<StepNode<Config>, "type" | "config" | "initial"> & Partial<StepNode<Config>>,
): AnyNode {
  return defineNode<Config>({
    role: "step",
    version: 1,
    family: "logic",
    icon: "circle",
    title: text(node.type),
    description: text(node.type),
    docs: text(node.type),
    effects: true,
    output: () => value,
    summary: () => text(node.type),
    samples: [],
    ...node,
  });
}

const catalog = createCatalog([
  benchNode({
    type: "begin",
    config: z.object({}),
    initial: {},
    hasInput: false,
    run: async ({ input }) => ({ output: { value: input } }),
  }),
  benchNode({
    type: "add-one",
    config: z.object({ value: jsonTemplate({}) }),
    initial: { value: 0 },
    run: async ({ config }) => ({ output: { value: Number(config.value) + 1 } }),
  }),
  benchNode({
    type: "sum",
    config: z.object({ values: z.array(jsonTemplate({})) }),
    initial: { values: [] },
    run: async ({ config }) => ({
      output: { value: config.values.reduce<number>((sum, each) => sum + Number(each), 0) },
    }),
  }),
  benchNode({
    type: "result",
    config: z.object({ value: jsonTemplate({}) }),
    initial: { value: 0 },
    effects: false,
    answers: { field: "value", output: "value" },
    run: ({ config }) => ({ output: { value: config.value } }),
  }),
]);

/** The bench's nodes touch nothing, so that nothing has to be there. */
const services = {} as NodeServices;

function flowOf(shape: Shape, size: number): Flow {
  const keys = Array.from({ length: size }, (_, index) => `n${index}`);
  const before = (index: number) => (shape === "chain" && index > 0 ? `n${index - 1}` : "begin");
  const nodes = keys.map(
    (key, index) => `  ${key}: { type: add-one, config: { value: "{{ ${before(index)}.value }}" } }`,
  );
  const edges = keys.map((key, index) => `  - ${before(index)} -> ${key}`);
  const last = shape === "chain" ? keys.at(-1)! : "sum";
  if (shape === "fan-out") {
    nodes.push(`  sum: { type: sum, config: { values: [${keys.map((key) => `"{{ ${key}.value }}"`).join(", ")}] } }`);
    edges.push(...keys.map((key) => `  - ${key} -> sum`));
  }
  return readFlow(`heddle: 1
name: bench
nodes:
  begin: { type: begin }
${nodes.join("\n")}
  result: { type: result, config: { value: "{{ ${last}.value }}" } }
edges:
${edges.join("\n")}
  - ${last} -> result
`).flow;
}

const numberOf = (outcome: RunOutcome): number =>
  outcome.state === "succeeded" ? (outcome.output as { value: number }).value : Number.NaN;

/** Our executor on the memory driver; its events go to a list. */
export function heddleInMemory(shape: Shape, size: number): Subject {
  const plan = planOrThrow(flowOf(shape, size), catalog);
  let runs = 0;
  return {
    name: "Heddle, memory",
    async run(input) {
      const events: RunEvent[] = [];
      const driver = createMemoryDriver({ publish: (event) => void events.push(event) });
      const request = { runId: `run-${runs++}`, flow: "bench", revision: "1", input, services, driver };
      const outcome = await execute(plan, request);
      if (events.length < 3 * size) throw new Error(`only ${events.length} events were told`);
      return numberOf(outcome);
    },
  };
}

/** Our executor on the SQLite driver, in a file: every step is durable before its successor begins. */
export function heddleOnSqlite(shape: Shape, size: number): Subject {
  const flow = flowOf(shape, size);
  const plan = planOrThrow(flow, catalog);
  const folder = mkdtempSync(join(tmpdir(), "heddle-bench-"));
  const database = openDatabase({ path: join(folder, "runs.db") });
  const [store, turns] = [new RunStore(database), new TurnStore({ sql: database.sql })];
  let runs = 0;
  return {
    name: "Heddle, SQLite",
    async run(input) {
      const runId = asRunId(`run-${runs++}`);
      const startedAt = Date.now();
      const run = store.add({ flow, flows: {}, runId, name: "bench", revision: "1", input, startedAt })!;
      const driver = createSqliteDriver({ turns, run, startedAt });
      const outcome = await execute(plan, { runId, flow: "bench", revision: "1", input, services, driver });
      if (runs === 1) checkRecorded(turns, run, size);
      return numberOf(outcome);
    },
    close() {
      turns.close();
      database.close();
      rmSync(folder, { recursive: true });
    },
  };
}

function checkRecorded(turns: TurnStore, run: RunPlace, size: number): void {
  const completed = [...turns.events(run, 0)].filter((event) => event.type === "step.completed").length;
  let recorded = 0;
  for (const told = turns.journal(run).recorded(); !told.next().done;) recorded++;
  if (completed !== recorded + 1 || recorded < size) throw new Error(`${recorded} steps recorded, ${completed} told`);
}
