import { expect, it } from "vitest";
import { canonicalJson } from "../lib/canonical-json.ts";
import { applyCommand } from "./apply.ts";
import { flowMeaning } from "./meaning.ts";
import { readFlow } from "./read.ts";
import { TRIAGE } from "./testing/triage.ts";

const meaning = (text: string): string => canonicalJson(flowMeaning(readFlow(text).flow));

it("is the same for a file with other comments, positions, quotes and order", () => {
  const other = TRIAGE.replace("# Sorts tickets.\n", "")
    .replace("[280, -10]", "[1, 2]")
    .replace('"{{ start.message }}"', "'{{ start.message }}'")
    .replace("  - start -> triage\n  - triage -> route   # go on\n", "  - triage.out -> route\n  - start -> triage\n");
  expect(other).not.toBe(TRIAGE);
  expect(meaning(other)).toBe(meaning(TRIAGE));
});

it("is the same for the flow as JSON", () => {
  const { flow } = readFlow(TRIAGE);
  expect(meaning(JSON.stringify({ heddle: 1, layout: {}, ...flowMeaning(flow) }))).toBe(meaning(TRIAGE));
});

it("differs when anything that runs differs", () => {
  const { flow } = readFlow(TRIAGE);
  const changed = applyCommand(flow, {
    do: "node.configure",
    key: "triage",
    path: ["config", "labels", "other"],
    value: "the rest",
  }).flow;
  expect(canonicalJson(flowMeaning(changed))).not.toBe(meaning(TRIAGE));
});
