import type { Context } from "hono";
import { catalogEntry, formatMessage } from "../../../engine/lib/errors/catalog.ts";
import { HeddleError } from "../../../engine/lib/errors/error.ts";
import type { Language } from "../../../engine/lib/text.ts";
import { allowedBy } from "../../../engine/triggers/webhook-methods.ts";
import { PROBLEM_TYPE, type ProblemDocument } from "../../api.ts";

/** The caller's language: Chinese when it stands before English in Accept-Language. */
export function languageOf(header: string | undefined): Language {
  const wanted = (header ?? "")
    .split(",")
    .map((part) => {
      const [tag = "", ...parameters] = part.trim().toLowerCase().split(";");
      const quality = parameters.map((text) => /^\s*q=([\d.]+)/.exec(text)?.[1]).find((value) => value !== undefined);
      return { language: tag.split("-")[0], quality: quality === undefined ? 1 : Number(quality) };
    })
    .filter(({ language, quality }) => (language === "en" || language === "zh") && quality > 0)
    .toSorted((a, b) => b.quality - a.quality);
  return wanted[0]?.language === "zh" ? "zh" : "en";
}

export function problemOf(error: HeddleError, language: Language, runId?: string): ProblemDocument {
  const message = formatMessage(language, error.code, error.params);
  return {
    type: `urn:heddle:error:${error.code}`,
    title: message,
    status: catalogEntry(error.code).status,
    code: error.code,
    message,
    retryable: error.retryable,
    params: { ...error.params },
    ...(runId && { runId }),
  };
}

/** Answers with the error as problem JSON (RFC 9457) in the caller's language. */
export function answerProblem(c: Context, thrown: unknown, runId?: string): Response {
  const error = HeddleError.from(thrown);
  if (error.code === "internal") console.error(error.cause ?? error);
  const problem = problemOf(error, languageOf(c.req.header("accept-language")), runId);
  const headers: Record<string, string> = { "content-type": PROBLEM_TYPE };
  if (problem.status === 401) headers["www-authenticate"] = "Bearer";
  const allowed = allowedBy(error);
  if (allowed !== undefined) headers["allow"] = allowed;
  if (problem.status === 503) headers["retry-after"] = "1";
  return new Response(JSON.stringify(problem), { status: problem.status, headers });
}
