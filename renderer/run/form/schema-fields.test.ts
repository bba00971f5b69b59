import { describe, expect, it } from "vitest";
import type { JsonSchema } from "../../../engine/lib/json.ts";
import { draftOf, readDraft, schemaFields } from "./schema-fields.ts";

const schema: JsonSchema = {
  type: "object",
  properties: {
    message: { type: "string", heddle: { label: { en: "Message", zh: "消息" }, widget: "text-long" } },
    channel: { type: "string", enum: ["mail", "phone"], default: "mail" },
    amount: { type: "number", title: "Amount" },
    count: { type: ["integer", "null"] },
    urgent: { type: "boolean" },
    tags: { type: "array", items: { type: "string" }, description: "A list" },
  },
  required: ["message", "amount"],
};

describe("a form from a JSON Schema", () => {
  it("takes labels in the user's language and chooses the control", () => {
    const fields = schemaFields(schema, "zh");
    expect(fields.map(({ name, label, kind }) => [name, label, kind])).toEqual([
      ["message", "消息", "multiline"],
      ["channel", "channel", "choice"],
      ["amount", "Amount", "number"],
      ["count", "count", "integer"],
      ["urgent", "urgent", "boolean"],
      ["tags", "tags", "json"],
    ]);
    expect(fields[5]?.help).toBe("A list");
  });

  it("starts from the last value, then from defaults", () => {
    const fields = schemaFields(schema, "en");
    expect(draftOf(fields, { message: "Hello", tags: ["a"] })).toEqual({
      message: "Hello",
      channel: "mail",
      amount: "",
      count: "",
      urgent: false,
      tags: '[\n  "a"\n]',
    });
  });

  it("reads what was typed as the types that the schema asks for", () => {
    const fields = schemaFields(schema, "en");
    const read = readDraft(fields, { message: "Hi", channel: "phone", amount: "4.5", count: "3", tags: '["x"]' });
    expect(read).toEqual({
      ok: true,
      value: { message: "Hi", channel: "phone", amount: 4.5, count: 3, urgent: false, tags: ["x"] },
    });
  });

  it("names each field that can't be read", () => {
    const fields = schemaFields(schema, "en");
    const read = readDraft(fields, { message: "  ", amount: "many", count: "1.5", tags: "[" });
    expect(read).toEqual({
      ok: false,
      problems: { message: "missing", amount: "not-a-number", count: "not-an-integer", tags: "not-json" },
    });
  });

  it("survives a draft read back from its own value", () => {
    const fields = schemaFields(schema, "en");
    const value = { message: "Hi", channel: "mail", amount: 1, urgent: true, tags: [1, { a: null }] };
    expect(readDraft(fields, draftOf(fields, value))).toEqual({ ok: true, value });
  });

  it("has no fields without a schema", () => {
    expect(schemaFields(undefined, "en")).toEqual([]);
    expect(readDraft([], {})).toEqual({ ok: true, value: {} });
  });
});
