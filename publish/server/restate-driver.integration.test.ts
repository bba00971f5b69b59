import { expect, it } from "vitest";
import { contractFlow, driverContract } from "../../engine/run/driver-contract.ts";
import { restateHarness } from "../testing/restate-harness.ts";
import { VALUE_LIMIT } from "./restate-driver.ts";

driverContract("Restate", { durable: true, open: () => restateHarness({ alwaysReplay: false }) });
driverContract("Restate with a replay after every step", {
  durable: true,
  interactive: false,
  open: () => restateHarness({ alwaysReplay: true }),
});

it("fails a step whose result is too large for the journal, in words, and goes on by its error port", async () => {
  const harness = await restateHarness({ alwaysReplay: false });
  try {
    const flow = contractFlow(
      `a: { type: echo, config: { value: "{{ start.value }}" } }
       small: { type: echo, config: { value: "{{ a.error.code }}" } }`,
      "start -> a, a.error -> small",
    );
    const { events } = await harness.run({ runId: "large", flow, input: "x".repeat(VALUE_LIMIT) });
    const failed = events.find((event) => event.type === "step.failed");
    expect(failed).toMatchObject({
      path: "a",
      error: { code: "publish.value-too-large", params: { limit: "1.0 MiB" } },
    });
    expect(events.at(-1)).toMatchObject({ type: "run.completed" });
  } finally {
    await harness.dispose();
  }
});
