import type { Context } from "hono";
import type { z } from "zod";
import { HeddleError } from "../../../engine/lib/errors/error.ts";
import { problemWith } from "./problem-with.ts";
import { languageOf } from "./problem.ts";

/** The body as JSON; an empty one is an empty object. Stops reading at the limit. @throws HeddleError `publish.body-*` */
export async function readJson(c: Context, limit: number, example: string): Promise<unknown> {
  const text = (await readBytes(c, limit)).toString("utf8");
  if (text.trim() === "") return {};
  try {
    return JSON.parse(text);
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause);
    throw new HeddleError("publish.body-unreadable", { detail, example }, { cause });
  }
}

/** The body as what the schema says. @throws HeddleError `publish.body-*`, `publish.request-invalid` */
export async function parseJson<Schema extends z.ZodType>(
  c: Context,
  schema: Schema,
  limit: number,
): Promise<z.output<Schema>> {
  const body = await readJson(c, limit, "{}");
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const detail = problemWith(body, schema, languageOf(c.req.header("accept-language"))) ?? parsed.error.message;
  throw new HeddleError("publish.request-invalid", { detail });
}

/** The body as it came. Stops reading at the limit. @throws HeddleError `publish.body-too-large` */
export async function readBytes(c: Context, limit: number): Promise<Buffer> {
  const { headers, body } = c.req.raw;
  const tooLarge = () => new HeddleError("publish.body-too-large", { limit: `${limit / 2 ** 20} MiB` });
  if (Number(headers.get("content-length")) > limit) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body ?? []) {
    size += chunk.byteLength;
    if (size > limit) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
