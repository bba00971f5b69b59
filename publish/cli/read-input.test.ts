import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readInput } from "./read-input.ts";

const schema = {
  type: "object",
  properties: {
    n: { type: "number" },
    yes: { type: "boolean" },
    text: { type: "string" },
    any: {},
    note: { type: ["string", "null"] },
    size: { enum: ["1", "2"] },
  },
};

it("reads fields as the form’s types", () => {
  expect(readInput({ input: ["n=3", "yes=true", "text=3", "text=a=b"] }, schema)).toEqual({
    n: 3,
    yes: true,
    text: "a=b",
  });
  expect(readInput({ input: ["n=many"] }, schema)).toEqual({ n: "many" });
  expect(readInput({ input: ['any=["1"]', "note=3", "size=1", "no-field=1"] }, schema)).toEqual({
    any: ["1"],
    note: "3",
    size: "1",
    "no-field": "1",
  });
  expect(readInput({ input: ["any=just text"] }, schema)).toEqual({ any: "just text" });
});

it("reads the whole input, with fields on top", () => {
  expect(readInput({ inputJson: '{"text":"a","n":1}', input: ["n=2"] }, schema)).toEqual({ text: "a", n: 2 });
  const folder = mkdtempSync(join(tmpdir(), "heddle-input-"));
  writeFileSync(join(folder, "in.json"), '{"text":"file"}');
  expect(readInput({ inputFile: join(folder, "in.json") }, schema)).toEqual({ text: "file" });
  rmSync(folder, { recursive: true });
});

it.each([[{ inputJson: "{" }], [{ inputFile: "/nowhere/in.json" }], [{ input: ["text"] }]])(
  "says what can’t be read: %j",
  (options) => {
    expect(() => readInput(options, schema)).toThrow(
      expect.objectContaining({ code: "cli.input-unreadable" }) as Error,
    );
  },
);
