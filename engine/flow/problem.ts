import { z } from "zod";
import { formatMessage, isErrorCode, type ErrorCode, type ErrorParams } from "../lib/errors/catalog.ts";
import type { Language } from "../lib/text.ts";
import { flowCommandSchema } from "./commands.ts";

/** A way out of a problem that one click takes. `label` is a code of the catalogue's `fix.*` rows. */
export const quickFixSchema = z.object({
  label: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  command: flowCommandSchema,
});
export type QuickFix = z.infer<typeof quickFixSchema>;

/**
 * Something wrong with a flow, found before it runs. `node` and `field` (a path in its config: `labels.billing`, `cases[0].when`) say
 * where; `line` and `column` (from 1) say where in the file, for problems that stand in the text.
 */
export const problemSchema = z.object({
  code: z.string(),
  severity: z.enum(["error", "warning"]),
  params: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
  node: z.string().optional(),
  field: z.string().optional(),
  edge: z.string().optional(),
  /** Where in the field's text, in characters from 0. */
  offset: z.int().optional(),
  line: z.int().optional(),
  column: z.int().optional(),
  fixes: z.array(quickFixSchema).default([]),
});
export type Problem = z.infer<typeof problemSchema>;

/** The plain sentence of a problem in the user's language. */
export function problemMessage(language: Language, problem: Pick<Problem, "code" | "params">): string {
  return isErrorCode(problem.code) ? formatMessage(language, problem.code, problem.params) : problem.code;
}

/** A problem as parts of another sentence, with its step where it doesn't name it: `{problem}`, in Chinese `{problemZh}`. */
export function problemWords(found: Problem): { problem: string; problemZh: string } {
  const [en, zh] = [problemMessage("en", found), problemMessage("zh", found)];
  if (found.node === undefined || found.params["node"] === found.node) return { problem: en, problemZh: zh };
  return { problem: `“${found.node}”: ${en}`, problemZh: `“${found.node}”：${zh}` };
}

type Place = Partial<Pick<Problem, "node" | "field" | "edge" | "offset" | "line" | "column" | "fixes">>;

export function problem(
  code: ErrorCode,
  severity: Problem["severity"],
  params: ErrorParams,
  place: Place = {},
): Problem {
  return { code, severity, params: { ...params }, fixes: [], ...place };
}
