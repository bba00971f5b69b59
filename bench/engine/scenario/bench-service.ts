import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { readFlow, type Flow } from "../../../engine/flow/index.ts";
import { createCatalog } from "../../../engine/node/catalog.ts";
import { defineNode } from "../../../engine/node/define.ts";
import type { NodeServices } from "../../../engine/node/services.ts";
import { openDatabase } from "../../../engine/store/database.ts";
import { createRunService, type RunService } from "../../../engine/store/run-service.ts";
import { NODES } from "../../../nodes/index.ts";

const words = (text: string) => ({ en: text, zh: text });

/** Brings a text of so many characters, another one for each step. */
const bulk = defineNode({
  role: "step",
  type: "bulk",
  version: 1,
  family: "data",
  icon: "circle",
  title: words("bulk"),
  description: words("bulk"),
  docs: words("bulk"),
  config: z.object({ size: z.int() }),
  initial: { size: 1 },
  effects: true,
  output: () => ({ type: "object", properties: { text: { type: "string" } }, required: ["text"] }),
  summary: () => words("bulk"),
  samples: [],
  run: async ({ config }, ctx) => ({ output: { text: `${ctx.idempotencyKey} `.padEnd(config.size, "0123456789") } }),
});

/** A run service as the host has it, on SQLite in a folder of its own, with the built-in nodes. */
export interface BenchService {
  service: RunService;
  close(): Promise<void>;
}

export function openBenchService(parkAfter?: number): BenchService {
  const folder = mkdtempSync(join(tmpdir(), "heddle-bench-"));
  const database = openDatabase({ path: join(folder, "runs.sqlite") });
  // What the flows here use is there; models, tools and the rest aren't.
  const services = { fetch } as unknown as NodeServices;
  const catalog = createCatalog([...NODES, bulk]);
  const service = createRunService({ database, catalog, services, ...(parkAfter !== undefined && { parkAfter }) });
  return {
    service,
    async close() {
      await service.close();
      database.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export function flowOf(text: string): Flow {
  const { flow, problems } = readFlow(text);
  const [first] = problems.filter(({ severity }) => severity === "error");
  if (first) throw new Error(`The flow has a problem: ${JSON.stringify(first)}`);
  return flow;
}

/** Bytes that JavaScript holds, after everything that can go is gone. */
export function heldBytes(): number {
  for (let round = 0; round < 3; round++) globalThis.gc!();
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  return heapUsed + external + arrayBuffers;
}

/** What the scenario tells the bench that started it. */
export function tell(figures: Record<string, number>): void {
  console.log(JSON.stringify(figures));
}

export const quantile = (values: readonly number[], part: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))]!;
