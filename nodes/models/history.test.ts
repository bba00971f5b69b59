import { expect, test } from "vitest";
import type { JsonValue } from "../../engine/lib/json.ts";
import { historyMessages, readTurns } from "./history.ts";

test("a conversation becomes the messages that a model reads; empty ones are left out", () => {
  const turns: JsonValue = [
    { role: "user", text: "Hi" },
    { role: "assistant", text: " " },
    { role: "assistant", content: "Hello!" },
  ];
  expect(historyMessages(turns)).toEqual([
    { role: "user", content: [{ type: "text", text: "Hi" }] },
    { role: "assistant", content: [{ type: "text", text: "Hello!" }] },
  ]);
  expect([undefined, null, "", []].map((value) => readTurns(value))).toEqual([[], [], [], []]);
});

test.each<[JsonValue]>([
  ["Hi"],
  [[{ role: "system", text: "x" }]],
  [[{ role: "user" }]],
  [["Hi"]],
  [{ role: "user", text: "" }],
])("%j is no conversation", (value) =>
  expect(() => readTurns(value)).toThrow(expect.objectContaining({ code: "input.bad-history" })),
);
