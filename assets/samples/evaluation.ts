import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";
import { z } from "zod";
import { createMemoryDriver } from "../../engine/driver/memory-driver.ts";
import { readFlow } from "../../engine/flow/index.ts";
import { applyEvent, emptyRunView, type RunView } from "../../engine/run/view.ts";
import { execute } from "../../engine/run/execute.ts";
import { planOrThrow } from "../../engine/run/plan.ts";
import { createModelHost } from "../../engine/model/index.ts";
import { createCatalog } from "../../engine/node/catalog.ts";
import type { NodeServices } from "../../engine/node/services.ts";
import { createSandbox } from "../../engine/sandbox/index.ts";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { createProjectFiles } from "../../engine/store/project/project-files.ts";
import { createToolHost } from "../../mcp/client/index.ts";
import { NODES } from "../../nodes/index.ts";

/** The sample project's flows, measured as they run in the product: the flow files, the engine, the shop server and the model. */
const PROJECT = new URL("./support-desk/", import.meta.url);
export const SAMPLE_FLOWS = ["triage", "ask-the-handbook", "tool-agent"] as const;
export type SampleFlow = (typeof SAMPLE_FLOWS)[number];

const inputSchema = z.object({
  message: z.string(),
  label: z.string().optional(),
  order: z.string().nullable().optional(),
  source: z.string().optional(),
  tool: z.string().nullable().optional(),
  arguments: z.record(z.string(), z.json()).optional(),
  contains: z.array(z.string()).default([]),
});
type SampleInput = z.infer<typeof inputSchema>;

export interface SampleResult {
  message: string;
  /** What isn't as expected; empty for a right result. */
  wrong: string[];
  answer: string;
}

export interface SampleServices {
  services: NodeServices;
  dispose(): Promise<void>;
}

/** What the flows need, for real: the model, the shop server, a sandbox. `model` is the path of another GGUF to measure. */
export async function createSampleServices(model?: string): Promise<SampleServices> {
  const secrets = { get: (name: string) => Promise.reject(new HeddleError("secret.missing", { name })) };
  const definitions =
    model === undefined ? [] : [{ kind: "llama", id: "demo", path: model, gpu: false, threads: 1 } as const];
  const models = createModelHost({ definitions, secrets });
  const mcp = z.object({
    mcpServers: z.record(z.string(), z.object({ command: z.string(), args: z.array(z.string()) })),
  });
  const { mcpServers } = mcp.parse(JSON.parse(await readFile(new URL("mcp.json", PROJECT), "utf8")));
  const tools = createToolHost({ servers: mcpServers });
  const sandbox = createSandbox();
  const flows = {
    start: ({ flow }: { flow: string }) => Promise.reject(new HeddleError("not-found", { kind: "flow", name: flow })),
  };
  return {
    services: { models, tools, sandbox, secrets, fetch, files: createProjectFiles(fileURLToPath(PROJECT)), flows },
    async dispose() {
      await Promise.all([models.dispose(), tools.dispose(), sandbox.dispose()]);
    },
  };
}

/** Runs a flow on each of its test inputs. `inputs` is the path of another inputs file. */
export async function evaluateSample(
  name: SampleFlow,
  services: NodeServices,
  inputs?: string,
): Promise<SampleResult[]> {
  const { flow } = readFlow(await readFile(new URL(`flows/${name}.flow.yaml`, PROJECT), "utf8"));
  const plan = planOrThrow(flow, createCatalog(NODES));
  const file = z.object({ inputs: z.array(inputSchema) });
  const cases = file.parse(
    parse(await readFile(inputs ?? new URL(`tests/${name}.inputs.yaml`, PROJECT), "utf8")),
  ).inputs;
  const results: SampleResult[] = [];
  for (const input of cases) {
    // The tools recognise a run that they have seen by its id, so that each evaluation is a run of its own.
    let view = emptyRunView(randomUUID());
    const driver = createMemoryDriver({ publish: (event) => (view = applyEvent(view, event)) });
    await execute(plan, {
      runId: view.runId,
      flow: name,
      revision: "",
      input: { message: input.message },
      services,
      driver,
    });
    results.push({ message: input.message, answer: view.answer, wrong: shortfalls(input, view) });
  }
  return results;
}

/** What a reader of the run would find wrong. */
function shortfalls(input: SampleInput, view: RunView): string[] {
  if (view.state !== "succeeded") return [view.error?.message ?? view.state];
  const wrong: string[] = [];
  const expectEqual = (what: string, actual: unknown, expected: unknown) => {
    if (expected !== undefined && JSON.stringify(actual) !== JSON.stringify(expected)) {
      wrong.push(`${what} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`);
    }
  };
  expectEqual("the label", field(view, "triage", "label"), input.label);
  expectEqual("the order", field(view, "details", "order"), input.order);
  const call = Object.values(view.steps).find((step) => step.node === "agent" && step.tool)?.tool;
  expectEqual("the tool", call?.name ?? null, input.tool);
  expectEqual("the tool's arguments", call?.arguments, input.arguments);
  const replied = view.steps.reply?.state === "completed";
  const parts = [
    ...input.contains,
    ...(replied && input.order ? [input.order] : []),
    ...(input.source ? [`[1] ${input.source} (`] : []),
  ];
  for (const part of parts) if (!view.answer.includes(part)) wrong.push(`the answer lacks “${part}”`);
  if (view.answer.trim() === "") wrong.push("the answer is empty");
  return wrong;
}

function field(view: RunView, step: string, name: string): unknown {
  const output = view.steps[step]?.output;
  return typeof output === "object" && output !== null && !Array.isArray(output) ? output[name] : undefined;
}
