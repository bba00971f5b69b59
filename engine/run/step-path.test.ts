import { expect, it } from "vitest";
import { ownPath, roundsOf } from "./step-path.ts";

it("names the rounds around a step", () => {
  expect(roundsOf("triage")).toEqual([]);
  expect(roundsOf("agent/model 1")).toEqual([]);
  expect(roundsOf("outer[2]/inner[10]/charge")).toEqual([
    { container: "outer", path: "outer[2]", index: 2 },
    { container: "outer[2]/inner", path: "outer[2]/inner[10]", index: 10 },
  ]);
  expect(roundsOf("call/each[0]/charge")).toEqual([{ container: "call/each", path: "call/each[0]", index: 0 }]);
});

it("finds the node that a step belongs to", () => {
  expect(ownPath({ path: "triage", node: "triage" })).toBe("triage");
  expect(ownPath({ path: "agent/model 1", node: "agent" })).toBe("agent");
  expect(ownPath({ path: "each[3]/agent/model 1", node: "agent" })).toBe("each[3]/agent");
  expect(ownPath({ path: "each[3]/agent", node: "agent" })).toBe("each[3]/agent");
  expect(ownPath({ path: "call/call/reply", node: "call" })).toBe("call");
});
