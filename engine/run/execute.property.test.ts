import fc from "fast-check";
import { expect, it } from "vitest";
import type { Flow } from "../flow/schema.ts";
import { createCatalog } from "../node/catalog.ts";
import type { RunEvent } from "./events.ts";
import { execute, type RunOutcome } from "./execute.ts";
import { planOrThrow } from "./plan.ts";
import { DiceDriver, type DiceOptions } from "./testing/dice-driver.ts";
import { runNaively } from "./testing/naive.ts";
import { compareWithNaive, stepsOf, textOf } from "./testing/naive-check.ts";
import { CONTRACT_NODES } from "./testing/nodes.ts";
import { probeServices } from "./testing/probe.ts";
import { documentOf } from "./testing/random-document.ts";
import { randomFlow, randomJoiningFlow } from "./testing/random-flow.ts";
import { applyEvent, emptyRunView } from "./view.ts";

const catalog = createCatalog(CONTRACT_NODES);

interface Ran {
  outcome: RunOutcome;
  answer: string;
  told: readonly RunEvent[];
}

async function run(document: Flow, dice: Iterator<number>, options: DiceOptions = {}): Promise<Ran> {
  const driver = new DiceDriver(dice, options);
  const services = probeServices(() => undefined);
  const plan = planOrThrow(document, catalog);
  const outcome = await execute(plan, { runId: "r", flow: "random", revision: "1", input: "in", services, driver });
  return { outcome, told: driver.told, answer: driver.told.reduce(applyEvent, emptyRunView("r")).answer };
}

const dice = fc.infiniteStream(fc.nat(999));
const LIMIT = { timeout: 120_000 };

it("gives what a naive interpreter gives, whatever the order of completions", LIMIT, async () => {
  await fc.assert(
    fc.asyncProperty(randomFlow, dice, async (flow, rolls) => {
      const { outcome, told, answer } = await run(documentOf(flow), rolls);
      compareWithNaive(runNaively(flow, "in"), { outcome, told, answer });
    }),
    { numRuns: 1_500 },
  );
});

it("two orders of completions lead to the same outputs", LIMIT, async () => {
  await fc.assert(
    fc.asyncProperty(randomFlow, dice, dice, async (flow, one, other) => {
      const document = documentOf(flow);
      const [first, second] = [await run(document, one), await run(document, other)];
      expect(second.outcome.state).toBe(first.outcome.state);
      if (first.outcome.state !== "succeeded" || second.outcome.state !== "succeeded") return;
      expect(second.outcome.output).toEqual(first.outcome.output);
      expect(second.answer).toBe(first.answer);
      expect(ownSteps(second)).toEqual(ownSteps(first));
    }),
    { numRuns: 600 },
  );
});

it("with join any, ends whatever comes first, and the same order leads to the same events", LIMIT, async () => {
  await fc.assert(
    fc.asyncProperty(
      randomJoiningFlow,
      fc.array(fc.nat(999), { minLength: 400, maxLength: 400 }),
      async (flow, rolls) => {
        const document = documentOf(flow);
        const [first, second] = [await run(document, endless(rolls)), await run(document, endless(rolls))];
        expect(second.told).toEqual(first.told);
        if (first.outcome.state !== "succeeded") return;
        expect(first.answer).toBe(textOf(first.outcome));
        expect(Object.values(stepsOf(first.told)).filter((step) => step.state === "running")).toEqual([]);
      },
    ),
    { numRuns: 600 },
  );
});

it("cancelled at any time, it ends at once and leaves nothing in flight", LIMIT, async () => {
  await fc.assert(
    fc.asyncProperty(randomFlow, dice, fc.integer({ min: 1, max: 12 }), async (flow, rolls, cancelAt) => {
      // The driver refuses to finish while anything is waited for.
      const { outcome, told } = await run(documentOf(flow), rolls, { cancelAt });
      const last = told.findLast((event) => "seq" in event)!.type;
      expect(last).toBe(outcome.state === "succeeded" ? "run.completed" : `run.${outcome.state}`);
    }),
    { numRuns: 600 },
  );
});

function* endless(rolls: readonly number[]): Generator<number> {
  for (let index = 0; ; index++) yield rolls[index % rolls.length]!;
}

/** The flow's own steps: how far the others of a failed round got depends on who was first. */
const ownSteps = ({ told }: Ran) =>
  Object.fromEntries(Object.entries(stepsOf(told)).filter(([path]) => !path.includes("[")));
