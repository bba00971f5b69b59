import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createSampleServices, evaluateSample, SAMPLE_FLOWS, type SampleServices } from "./evaluation.ts";

let sample: SampleServices;
beforeAll(async () => {
  sample = await createSampleServices();
});
afterAll(() => sample.dispose());

const STRANGERS = new URL("support-desk/tests/strangers/", import.meta.url);

describe("the sample project on the demo model", () => {
  it.each(SAMPLE_FLOWS)("%s gives a right result on at least 16 of its 20 inputs", async (name) => {
    await expectRight(name);
  });

  it.each(SAMPLE_FLOWS)("%s gives a right result on at least 16 of 20 inputs by a stranger", async (name) => {
    await expectRight(name, fileURLToPath(new URL(`${name}.inputs.yaml`, STRANGERS)));
  });
});

async function expectRight(name: (typeof SAMPLE_FLOWS)[number], inputs?: string): Promise<void> {
  const results = await evaluateSample(name, sample.services, inputs);
  const failures = results.filter(({ wrong }) => wrong.length > 0);
  expect(results).toHaveLength(20);
  expect(failures.length, JSON.stringify(failures, null, 2)).toBeLessThanOrEqual(4);
}
