import { describe, expect, it } from "vitest";
import type { JsonSchema } from "../../engine/lib/json.ts";
import { inputType, schemaType } from "./schema-type.ts";
import { smallestEdit } from "./text-edit.ts";

const start: JsonSchema = {
  type: "object",
  properties: {
    message: { type: "string" },
    amount: { type: ["number", "null"] },
    tags: { type: "array", items: { enum: ["a", "b"] } },
  },
};
const outputOf = (node: string) => (node === "start" ? start : undefined);

describe("the type of a step's input", () => {
  it.each([
    [{ text: "{{ start.message }}" }, "{ text: string }"],
    [{ amount: "{{ start.amount }}" }, "{ amount: number | null }"],
    [{ tags: "{{ start.tags }}" }, '{ tags: ("a" | "b")[] }'],
    [{ "a-b": "Hi {{ start.amount }}" }, '{ "a-b": string }'],
    [{ n: 5, on: true }, "{ n: number; on: boolean }"],
    [{ sum: "{{ start.amount * 2 }}" }, "{ sum: any }"],
    [{ other: "{{ nobody.x }}" }, "{ other: any }"],
    ["{{ start }}", '{ message: string; amount: number | null; tags: ("a" | "b")[] }'],
  ])("%j", (input, type) => {
    expect(inputType(input, outputOf)).toBe(type);
  });

  it("leaves open what a schema leaves open", () => {
    expect(schemaType({})).toBe("any");
    expect(schemaType({ type: "object" })).toBe("Record<string, any>");
  });
});

describe("the smallest edit between two texts", () => {
  it.each([
    ["abc", "abXc", { start: 2, end: 2, text: "X" }],
    ["abc", "ac", { start: 1, end: 2, text: "" }],
    ["aaa", "aa", { start: 2, end: 3, text: "" }],
    ["", "new", { start: 0, end: 0, text: "new" }],
  ])("%j to %j", (before, after, edit) => {
    expect(smallestEdit(before, after)).toEqual(edit);
    expect(before.slice(0, edit.start) + edit.text + before.slice(edit.end)).toBe(after);
  });

  it("is none for the same text", () => expect(smallestEdit("a", "a")).toBeNull());
});
