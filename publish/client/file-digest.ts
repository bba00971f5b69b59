import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { z } from "zod";
import { jsonFile } from "../../engine/store/json-file.ts";

const knownSchema = z.record(z.string(), z.object({ size: z.number(), modified: z.number(), sha256: z.string() }));

/** The SHA-256 of a file. Model files are large and rarely change: what was hashed once is remembered in `cacheFile` by size and time. */
export function fileDigests(cacheFile: string): (path: string) => Promise<string> {
  const cache = jsonFile<z.infer<typeof knownSchema>>(cacheFile, knownSchema, {});
  return async (path) => {
    const { size, mtimeMs: modified } = await stat(path);
    const known = (await cache.read())[path];
    if (known?.size === size && known.modified === modified) return known.sha256;
    const sha256 = await hashFile(path);
    await cache.update((entries) => ({ ...entries, [path]: { size, modified, sha256 } }));
    return sha256;
  };
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
