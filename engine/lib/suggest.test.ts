import { expect, it } from "vitest";
import { suggest } from "./suggest.ts";

it.each([
  ["lllm", ["llm", "agent"], "llm"],
  ["clasifier", ["condition", "classifier"], "classifier"],
  ["strat", ["start", "state"], "start"],
  ["Start", ["start"], "start"],
  ["shiped", ["open", "shipped"], "shipped"],
  ["xyz", ["start", "agent"], undefined],
  ["a", ["b"], "b"],
  ["anything", [], undefined],
])("%s is probably one of %j: %s", (wanted, names, expected) => {
  expect(suggest(wanted, names)).toBe(expected);
});
