import { describe, expect, it } from "vitest";
import type { StepView } from "../../../engine/run/view.ts";
import { innerName, runsFlow } from "./inner-name.ts";

const step = (path: string, more: Partial<StepView> = {}): StepView => ({
  path,
  node: path.split("/")[0]!,
  state: "completed",
  readyAt: 0,
  attempt: 1,
  text: "",
  ...more,
});

describe("how a step inside a node is called", () => {
  it("says what a node does", () => {
    expect(innerName(step("agent/model 2"), "model 2", false)).toEqual({ word: "model", n: "2" });
    expect(innerName(step("agent/tools"), "tools", false)).toEqual({ word: "tools" });
    expect(innerName(step("ask/answer"), "answer", false)).toEqual({ word: "answer" });
    expect(innerName(step("ask/answer 2"), "answer 2", false)).toEqual({ word: "answer" });
    expect(innerName(step("wait/event deadline"), "event deadline", false)).toEqual({ word: "deadline" });
  });

  it("is the key of a step of the flow that a node runs, whatever the key is", () => {
    for (const key of ["answer", "event", "tools"]) {
      expect(innerName(step(`call/${key}`, { input: {} }), key, true)).toBeUndefined();
      expect(innerName(step(`call/${key}`, { state: "ready" }), key, true)).toBeUndefined();
      expect(innerName(step(`call/${key}`, { state: "skipped" }), key, true)).toBeUndefined();
      expect(innerName(step(`call/each[1]/${key}`, { state: "ready" }), key, true)).toBeUndefined();
    }
  });

  it("says what a node of such a flow does", () => {
    expect(innerName(step("call/ask/answer"), "answer", true)).toEqual({ word: "answer" });
    expect(innerName(step("call/agent/model 1", { input: { model: "m" } }), "model 1", true)?.word).toBe("model");
  });

  it("knows a type that runs flows by its settings", () => {
    const field = { type: "string", heddle: { widget: "flow" } };
    expect(runsFlow({ config: { type: "object", properties: { flow: field } } })).toBe(true);
    expect(runsFlow({ config: { type: "object", properties: { text: { type: "string" } } } })).toBe(false);
    expect(runsFlow(undefined)).toBe(false);
  });
});
