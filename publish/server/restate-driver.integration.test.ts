import { expect, it } from "vitest";
import { contractFlow, driverContract } from "../../engine/run/driver-contract.ts";
import { restateHarness } from "../testing/restate-harness.ts";
import { JOURNAL_LIMIT } from "./result-store.ts";

driverContract("Restate", { durable: true, open: () => restateHarness({ alwaysReplay: false }) });
driverContract("Restate with a replay after every step", {
  durable: true,
  interactive: false,
  open: () => restateHarness({ alwaysReplay: true }),
});

it("keeps results that are too large for the journal elsewhere, and goes on with them after a crash", async () => {
  const harness = await restateHarness({ alwaysReplay: false });
  try {
    const flow = contractFlow(
      `
      a: { type: echo, config: { value: "{{ start.value }}" } }
      b: { type: echo, config: { value: "{{ size(a.value) }}" } }
      c: { type: echo, config: { value: "{{ b.value }}" } }`,
      "start -> a, a -> b, b -> c",
    );
    const { events } = await harness.run({
      runId: "large",
      flow,
      input: "x".repeat(2 * JOURNAL_LIMIT),
      crashAfter: [1],
    });
    const last = events.findLast((event) => event.type === "step.completed" && event.path === "c");
    expect(last).toMatchObject({ output: { value: 2 * JOURNAL_LIMIT } });
    expect(events.at(-1)).toMatchObject({ type: "run.completed" });
  } finally {
    await harness.dispose();
  }
});
