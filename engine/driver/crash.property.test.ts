import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import type { JsonValue } from "../lib/json.ts";
import type { ContractResult } from "../run/driver-contract.ts";
import { isFinal, type FinalEvent } from "../run/events.ts";
import type { RunOutcome } from "../run/execute.ts";
import { runNaively } from "../run/testing/naive.ts";
import { compareWithNaive } from "../run/testing/naive-check.ts";
import { documentOf } from "../run/testing/random-document.ts";
import { randomFlow } from "../run/testing/random-flow.ts";
import { applyEvent, emptyRunView } from "../run/view.ts";
import { localHarness } from "./testing/local-harness.ts";
import { sqliteKeeper } from "./testing/sqlite-keeper.ts";

const subjects = {
  memory: localHarness(),
  "sqlite, killed behind the record": localHarness({ keeper: sqliteKeeper(), crash: "after-recording" }),
  "sqlite, killed before the record": localHarness({ keeper: sqliteKeeper(), crash: "before-recording" }),
};
afterAll(async () => {
  for (const harness of Object.values(subjects)) await harness.dispose?.();
});

const crashes = fc.uniqueArray(fc.integer({ min: 1, max: 25 }), { maxLength: 8 });
let runs = 0;

it.each(Object.entries(subjects))(
  "%s: random flows give what a naive interpreter gives, however often they are killed",
  { timeout: 120_000 },
  async (name, harness) => {
    await fc.assert(
      fc.asyncProperty(randomFlow, crashes, async (flow, kills) => {
        const crashAfter = name === "memory" ? [] : kills.toSorted((a, b) => a - b);
        const request = { runId: `run-${++runs}`, flow: documentOf(flow), input: "in", crashAfter };
        const { events, told, crashes: recorded } = await harness.run(request);
        for (const before of recorded) expect(events.slice(0, before.length)).toEqual(before);
        const { answer } = told.reduce(applyEvent, emptyRunView(request.runId));
        compareWithNaive(runNaively(flow, "in"), { outcome: outcomeOf(events), told: events, answer });
      }),
      { numRuns: 150 },
    );
  },
);

function outcomeOf(events: ContractResult["events"]): RunOutcome {
  const end: FinalEvent | undefined = events.find(isFinal);
  switch (end?.type) {
    case "run.completed":
      return { state: "succeeded", output: end.output as JsonValue, usage: end.usage };
    case "run.failed":
      return { state: "failed", error: end.error, node: end.node!, path: end.path! };
    default:
      return { state: "cancelled" };
  }
}
