import fc from "fast-check";
import { expect, it } from "vitest";
import { createCatalog } from "../node/catalog.ts";
import type { Flow } from "../flow/schema.ts";
import type { JsonObject } from "../lib/json.ts";
import { CONTRACT_NODES } from "./testing/nodes.ts";
import { DiceDriver } from "./testing/dice-driver.ts";
import { runNaively } from "./testing/naive.ts";
import { probeServices } from "./testing/probe.ts";
import { documentOf, fieldOf, randomFlow, type RandomFlow } from "./testing/random-flow.ts";
import type { RunEvent } from "./events.ts";
import { execute, type RunOutcome } from "./execute.ts";
import { planOrThrow } from "./plan.ts";
import { applyEvent, emptyRunView, type RunView } from "./view.ts";

const catalog = createCatalog(CONTRACT_NODES);

interface Ran {
  outcome: RunOutcome;
  view: RunView;
  told: readonly RunEvent[];
}

async function run(flow: RandomFlow, dice: Iterator<number>, document = documentOf(flow)): Promise<Ran> {
  const driver = new DiceDriver(dice);
  const services = probeServices(() => undefined);
  const plan = planOrThrow(document, catalog);
  const outcome = await execute(plan, { runId: "r", flow: "random", revision: "1", input: "in", services, driver });
  return { outcome, told: driver.told, view: driver.told.reduce(applyEvent, emptyRunView("r")) };
}

const dice = fc.infiniteStream(fc.nat(999));

it("gives what a naive interpreter gives, whatever the order of completions", { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(randomFlow, dice, async (flow, rolls) => {
      const { outcome, view } = await run(flow, rolls);
      const { fatal, fates } = runNaively(flow, "in");
      if (outcome.state === "failed") {
        expect(fatal).toContain(outcome.node);
        return;
      }
      expect(fatal).toEqual([]);
      expect(view.answer).toBe(textOf(outcome));
      for (const node of flow.nodes) {
        const { key, disabled } = node;
        const fate = fates.get(key);
        const step = view.steps[key];
        if (!fate || disabled) expect(step?.state).toBe("skipped");
        else if (fate.port === "error") expect(step?.state).toBe("failed");
        else expect({ port: step?.port, value: (step!.output as JsonObject)[fieldOf(node)] }).toEqual(fate);
      }
    }),
    { numRuns: 400 },
  );
});

it("two orders of completions lead to the same outputs", { timeout: 60_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(randomFlow, dice, dice, async (flow, one, other) => {
      const [first, second] = [await run(flow, one), await run(flow, other)];
      expect(second.outcome.state).toBe(first.outcome.state);
      if (first.outcome.state === "succeeded") expect(outputs(second.view)).toEqual(outputs(first.view));
    }),
    { numRuns: 200 },
  );
});

it(
  "with join any, ends whatever comes first, and the same order leads to the same events",
  { timeout: 60_000 },
  async () => {
    await fc.assert(
      fc.asyncProperty(randomFlow, fc.array(fc.nat(999), { minLength: 100, maxLength: 100 }), async (flow, rolls) => {
        const document = documentOf(flow);
        const nodes = Object.entries(document.nodes).map(([key, node], index) => [
          key,
          index % 2 ? { ...node, join: "any" as const } : node,
        ]);
        const joining = { ...document, nodes: Object.fromEntries(nodes) as Flow["nodes"] };
        const [first, second] = [await run(flow, rolls.values(), joining), await run(flow, rolls.values(), joining)];
        expect(second.told).toEqual(first.told);
        if (first.outcome.state === "succeeded") expect(first.view.answer).toBe(textOf(first.outcome));
        const states = Object.values(first.view.steps).map((step) => step.state);
        expect(states.filter((state) => state === "running" || state === "ready" || state === "retrying")).toEqual([]);
      }),
      { numRuns: 300 },
    );
  },
);

/** The text of a run's output: what the answer must have become, however it streamed. */
const textOf = (outcome: RunOutcome): string =>
  outcome.state === "succeeded" && outcome.output !== null ? String((outcome.output as JsonObject)["text"]) : "";

const outputs = (view: RunView) =>
  Object.fromEntries(Object.values(view.steps).map((step) => [step.path, step.output ?? step.state]));
