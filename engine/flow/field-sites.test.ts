import { expect, it } from "vitest";
import type { JsonSchema } from "../lib/json.ts";
import { fieldSites } from "./field-sites.ts";

const template: JsonSchema = { type: "string", heddle: { widget: "template" } };

it("finds texts at any depth, and renders those in a field of a body where the field is", () => {
  const schema: JsonSchema = {
    type: "object",
    properties: {
      title: template,
      plain: { type: "string" },
      kept: { type: "object", heddle: { within: "body" }, properties: { parts: { type: "array", items: template } } },
    },
  };
  const config = { title: "{{ a }}", plain: "{{ b }}", kept: { parts: ["{{ c }}", "d"] } };
  expect(fieldSites(schema, config)).toEqual([
    { path: "title", keys: ["title"], kind: "template", value: "{{ a }}" },
    { path: "kept.parts[0]", keys: ["kept", "parts", 0], kind: "template", value: "{{ c }}", within: "body" },
    { path: "kept.parts[1]", keys: ["kept", "parts", 1], kind: "template", value: "d", within: "body" },
  ]);
});
