import { describe, expect, it } from "vitest";
import type { Wait } from "../node/operation.ts";
import { checkAnswer } from "./check-answer.ts";

const task: Wait = {
  kind: "task",
  title: "Refund?",
  details: "",
  choices: [
    { id: "approve", label: "Approve" },
    { id: "reject", label: "Reject" },
  ],
  form: {
    type: "object",
    properties: { amount: { type: "number", title: "Amount" }, why: { type: "string", default: "" } },
    required: ["amount"],
  },
};

describe("an answer to a task", () => {
  it("is taken with the form's defaults filled in", () => {
    expect(checkAnswer(task, { choice: "approve", values: { amount: 3 }, by: "Mia" })).toEqual({
      choice: "approve",
      values: { amount: 3, why: "" },
      by: "Mia",
    });
  });

  it("is refused in words when it is no choice or doesn't fit the form", () => {
    expect(() => checkAnswer(task, { choice: "maybe", values: {} })).toThrow("approve, reject");
    expect(() => checkAnswer(task, { choice: "approve", values: { amount: "3" } })).toThrow(
      "“Amount” must be a number.",
    );
    expect(() => checkAnswer(task, { choice: "approve", values: {} })).toThrow("“Amount” is missing. Fill it in.");
    expect(() => checkAnswer(task, "approve")).toThrow(/answer/i);
  });
});

describe("other answers", () => {
  it("continue a breakpoint, by default without stepping", () => {
    expect(checkAnswer({ kind: "breakpoint" }, null)).toEqual({ stepping: false });
    expect(checkAnswer({ kind: "breakpoint" }, { stepping: true })).toEqual({ stepping: true });
  });

  it("carry any payload of an event", () => {
    expect(checkAnswer({ kind: "event", event: "paid" }, [1, 2])).toEqual([1, 2]);
  });
});
