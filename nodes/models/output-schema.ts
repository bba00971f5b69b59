import { z } from "zod";
import type { JsonSchema } from "../../engine/lib/json.ts";

/** A JSON Schema for an object, as an author writes it in a step's config. */
export const outputSchema: z.ZodType<JsonSchema> = z.looseObject({
  type: z.literal("object"),
  properties: z.record(z.string(), z.record(z.string(), z.json())),
});

/** The output of a step that writes text. */
export const TEXT_OUTPUT: JsonSchema = {
  type: "object",
  properties: { text: { type: "string" } },
  required: ["text"],
  additionalProperties: false,
};
