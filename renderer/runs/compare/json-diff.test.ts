import { expect, it } from "vitest";
import { jsonDiff } from "./json-diff.ts";

it("puts equal lines beside each other and tells the others apart", () => {
  expect(jsonDiff({ label: "billing", sure: true }, { label: "other", sure: true })).toEqual([
    { kind: "same", left: "{", right: "{" },
    { kind: "changed", left: '  "label": "billing",', right: '  "label": "other",' },
    { kind: "same", left: '  "sure": true', right: '  "sure": true' },
    { kind: "same", left: "}", right: "}" },
  ]);
});

it("leaves a gap where one side has nothing", () => {
  expect(jsonDiff(undefined, "Hello\nthere")).toEqual([
    { kind: "changed", left: null, right: "Hello" },
    { kind: "changed", left: null, right: "there" },
  ]);
});

it("says nothing of two values that are absent", () => {
  expect(jsonDiff(undefined, undefined)).toEqual([]);
});
