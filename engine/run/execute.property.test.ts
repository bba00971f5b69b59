import fc from "fast-check";
import { expect, it } from "vitest";
import { createCatalog } from "../node/catalog.ts";
import type { JsonObject } from "../lib/json.ts";
import { CONTRACT_NODES } from "./contract/nodes.ts";
import { runNaively } from "./contract/naive.ts";
import { probeServices } from "./contract/probe.ts";
import { documentOf, fieldOf, randomFlow, type RandomFlow } from "./contract/random-flow.ts";
import type { Completion, Driver, DriverOperation, LiveText } from "./driver.ts";
import type { DurableEvent, RunEvent } from "./events.ts";
import { execute, type RunOutcome } from "./execute.ts";
import { planOrThrow } from "./plan.ts";
import { applyEvent, emptyRunView, type RunView } from "./view.ts";

const catalog = createCatalog(CONTRACT_NODES);

/** Completes one operation at a time, which one the dice say. */
class DiceDriver implements Driver {
  readonly startedAt = 0;
  readonly told: RunEvent[] = [];
  private readonly waiting = new Map<string, DriverOperation>();
  private readonly dice: Iterator<number>;
  private at = 0;

  constructor(dice: Iterator<number>) {
    this.dice = dice;
  }

  start(operation: DriverOperation): void {
    expect(this.waiting.has(operation.id)).toBe(false);
    this.waiting.set(operation.id, operation);
  }

  async next(): Promise<Completion> {
    const operations = [...this.waiting.values()];
    const operation = operations[Number(this.dice.next().value) % operations.length]!;
    this.waiting.delete(operation.id);
    const at = ++this.at;
    if (operation.kind === "sleep") return { id: operation.id, at, result: { ok: true, value: null } };
    return { id: operation.id, at, result: await operation.run({ signal: new AbortController().signal }) };
  }

  abandon(id: string): void {
    this.waiting.delete(id);
  }

  finish(): void {
    expect([...this.waiting.keys()]).toEqual([]);
  }

  record(event: DurableEvent): void {
    this.told.push(event);
  }

  live(event: LiveText): void {
    this.told.push({ ...event, at: this.at });
  }
}

async function run(flow: RandomFlow, dice: Iterator<number>): Promise<{ outcome: RunOutcome; view: RunView }> {
  const driver = new DiceDriver(dice);
  const services = probeServices(() => undefined);
  const plan = planOrThrow(documentOf(flow), catalog);
  const outcome = await execute(plan, { runId: "r", flow: "random", revision: "1", input: "in", services, driver });
  return { outcome, view: driver.told.reduce(applyEvent, emptyRunView("r")) };
}

const dice = fc.infiniteStream(fc.nat(999));

it("gives what a naive interpreter gives, whatever the order of completions", async () => {
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
        else expect({ port: step?.port, value: (step?.output as JsonObject)[fieldOf(node)] }).toEqual(fate);
      }
    }),
    { numRuns: 400 },
  );
});

it("two orders of completions lead to the same outputs", async () => {
  await fc.assert(
    fc.asyncProperty(randomFlow, dice, dice, async (flow, one, other) => {
      const [first, second] = [await run(flow, one), await run(flow, other)];
      expect(second.outcome.state).toBe(first.outcome.state);
      if (first.outcome.state === "succeeded") expect(outputs(second.view)).toEqual(outputs(first.view));
    }),
    { numRuns: 200 },
  );
});

/** The text of a run's output: what the answer must have become, however it streamed. */
const textOf = (outcome: RunOutcome): string =>
  outcome.state === "succeeded" && outcome.output !== null ? String((outcome.output as JsonObject)["text"]) : "";

const outputs = (view: RunView) =>
  Object.fromEntries(Object.values(view.steps).map((step) => [step.path, step.output ?? step.state]));
