import type { Text } from "../lib/text.ts";

/**
 * What a node type's own check says about a config, in each language: `schema.refine(ok, issue({ en: "…", zh: "…" }))`, or
 * `context.addIssue({ code: "custom", path, ...issue({ … }) })`.
 */
export function issue(text: Text): { message: string; params: { text: Text } } {
  return { message: text.en, params: { text } };
}
