import { describe, expect, it } from "vitest";
import { toGrammarSchema } from "./grammar-schema.ts";

describe("toGrammarSchema", () => {
  it("writes nullable values as one of two", () => {
    expect(toGrammarSchema({ anyOf: [{ type: "string" }, { type: "null" }] })).toEqual({
      oneOf: [{ type: "string" }, { type: "null" }],
    });
  });

  it("keeps what grammars know and leaves the rest to the check of the answer", () => {
    const schema = {
      type: "object",
      properties: { code: { type: "string", pattern: "^A", maxLength: 5 }, day: { type: "string", format: "date" } },
      required: ["code"],
      additionalProperties: false,
      heddle: { widget: "schema" },
    };
    expect(toGrammarSchema(schema)).toEqual({
      type: "object",
      properties: { code: { type: "string", maxLength: 5 }, day: { type: "string", format: "date" } },
    });
  });

  it("writes references out, and ends where a schema contains itself", () => {
    const tree = {
      $defs: { node: { type: "object", properties: { left: { $ref: "#/$defs/node" } } } },
      $ref: "#/$defs/node",
    };
    let depth = 0;
    type Level = { properties?: { left?: Level } };
    for (let node: Level | undefined = toGrammarSchema(tree) as Level; node?.properties; node = node.properties.left)
      depth++;
    expect(depth).toBe(8);
  });

  it("opens an object that names no properties", () => {
    expect(toGrammarSchema({ type: "object" })).toMatchObject({ additionalProperties: true });
  });

  it("takes a lone allOf for its parent", () => {
    expect(toGrammarSchema({ allOf: [{ type: "integer" }] })).toEqual({ type: "integer" });
  });
});
