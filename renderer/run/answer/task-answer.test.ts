import { expect, it } from "vitest";
import { taskAnswer, unreadable } from "./task-answer.ts";

it("says nothing where nothing was said", () => {
  expect(taskAnswer("reject", {}, "  ")).toEqual({ choice: "reject", values: {} });
  expect(taskAnswer("approve", { amount: 3 }, " fine ")).toEqual({
    choice: "approve",
    values: { amount: 3 },
    comment: "fine",
  });
});

it("tells what can't be read from what is still empty", () => {
  expect(unreadable({ amount: "not-a-number", reason: "missing" })).toEqual({ amount: "not-a-number" });
});
