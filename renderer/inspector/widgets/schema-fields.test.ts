import { describe, expect, it } from "vitest";
import { fieldOf, FIELD_KINDS, schemaFor, withField } from "./schema-fields.ts";

describe("a promised form as a list of fields", () => {
  it.each(FIELD_KINDS)("knows the kind %s again", (kind) => {
    expect(fieldOf(withField({ description: "x" }, kind))).toBe(kind);
    expect(withField({ description: "x", enum: ["a"] }, kind)["description"]).toBe("x");
  });

  it("leaves schemas that say more to the JSON editor", () => {
    expect(fieldOf({ type: "string", minLength: 2 })).toBeUndefined();
    expect(fieldOf({ type: "array", items: { type: "number" } })).toBeUndefined();
    expect(fieldOf({ type: "object", properties: {} })).toBeUndefined();
  });

  it("promises every field, keeps what it doesn't edit, and is gone without fields", () => {
    expect(schemaFor({ title: "T" }, { a: { type: "string" } })).toEqual({
      title: "T",
      type: "object",
      properties: { a: { type: "string" } },
      required: ["a"],
      additionalProperties: false,
    });
    expect(schemaFor({ type: "object" }, {})).toBeUndefined();
  });
});
