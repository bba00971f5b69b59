import { expect, it } from "vitest";
import { z } from "zod";
import type { JsonSchema } from "../engine/lib/json.ts";
import { exampleText } from "./example-input.ts";

it.each<[string, JsonSchema, unknown]>([
  ["nothing", {}, {}],
  [
    "what must be given",
    {
      type: "object",
      properties: { id: { type: "string" }, n: { type: "integer", minimum: 5 }, note: { type: "string" } },
      required: ["id", "n"],
    },
    { id: "…", n: 5 },
  ],
  [
    "every field where none must",
    { type: "object", properties: { on: { type: "boolean" }, size: { enum: ["S", "M"] }, any: {} } },
    { on: true, size: "S", any: "…" },
  ],
  [
    "what is inside",
    {
      type: "object",
      properties: {
        lines: { type: "array", items: { type: "object", properties: { sku: { type: "string", minLength: 3 } } } },
        at: { type: "string", format: "date" },
        kept: { type: "string", default: "as it is" },
      },
    },
    { lines: [{ sku: "………".slice(0, 3) }], at: "2030-01-31", kept: "as it is" },
  ],
])("an example has %s, and fits", (_, schema, expected) => {
  const example: unknown = JSON.parse(exampleText(schema));
  expect(example).toEqual(expected);
  const form = z.fromJSONSchema({ type: "object", ...schema } as Parameters<typeof z.fromJSONSchema>[0]);
  expect(form.safeParse(example).success).toBe(true);
});
