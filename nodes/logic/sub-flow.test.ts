import { expect, test } from "vitest";
import type { Inference } from "../../engine/flow/node-types.ts";
import type { JsonSchema } from "../../engine/lib/json.ts";
import { subFlow } from "./sub-flow.ts";

const TEXT: JsonSchema = { type: "object", properties: { text: { type: "string" } }, required: ["text"] };
const inference: Inference = {
  valueAt: () => ({}),
  flow: (name) => (name === "greet" ? { input: {}, output: TEXT } : undefined),
};
const outputOf = (config: object) => subFlow.output(subFlow.config.parse(config), inference);

test("gives what the other flow gives, or the run that was started", () => {
  expect(outputOf({ flow: "greet" })).toEqual(TEXT);
  expect(outputOf({ flow: "unknown" })).toEqual({});
  expect(outputOf({ flow: "greet", wait: false }).properties).toHaveProperty("runId");
});
