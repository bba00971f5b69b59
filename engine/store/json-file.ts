import { readFile } from "node:fs/promises";
import type { z } from "zod";
import { HeddleError } from "../lib/errors/error.ts";
import { writeAtomic } from "./write-atomic.ts";

export interface JsonFile<T> {
  /** @throws HeddleError `file.invalid` when the file can't be read as what it should hold */
  read(): Promise<T>;
  /** Reads, changes and writes as one step: calls wait for each other. A file that can't be read is never overwritten. */
  update(change: (value: T) => T): Promise<T>;
}

/** A small JSON file with a schema. While there is no file it holds `empty`. */
export function jsonFile<T>(path: string, schema: z.ZodType<T>, empty: T, mode?: number): JsonFile<T> {
  let last: Promise<unknown> = Promise.resolve();

  const read = async (): Promise<T> => {
    const text = await readIfThere(path);
    return text === undefined ? empty : parse(path, schema, text);
  };

  return {
    read,
    update(change) {
      const next = last.then(async () => {
        const value = change(await read());
        await writeAtomic(path, `${JSON.stringify(value, null, 2)}\n`, mode);
        return value;
      });
      last = next.catch(() => {});
      return next;
    },
  };
}

/** The text of a file, or undefined when there is none. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function parse<T>(path: string, schema: z.ZodType<T>, text: string): T {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new HeddleError("file.invalid", { path, detail: (cause as Error).message }, { cause });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const detail = issue ? `${issue.path.join(".") || "the file"}: ${issue.message}` : parsed.error.message;
  throw new HeddleError("file.invalid", { path, detail });
}
