import { createHash } from "node:crypto";
import { createReadStream, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { z } from "zod";

const knownSchema = z.record(z.string(), z.object({ size: z.number(), modified: z.number(), sha256: z.string() }));
type Known = z.infer<typeof knownSchema>;

/** Where a user's home remembers the hashes of model files. */
export const modelDigestCache = (home: string): string => join(home, "cache", "model-digests.json");

/** The SHA-256 of a file. Model files are large and rarely change: what was hashed once is remembered in `cacheFile` by size and time. */
export function fileDigests(cacheFile: string): (path: string) => Promise<string> {
  return async (path) => {
    const { size, mtimeMs: modified } = await stat(path);
    const known = (await readKnown(cacheFile))[path];
    if (known?.size === size && known.modified === modified) return known.sha256;
    const sha256 = await hashFile(path);
    remember(cacheFile, { ...(await readKnown(cacheFile)), [path]: { size, modified, sha256 } });
    return sha256;
  };
}

/** A cache that can't be read is an empty one. */
async function readKnown(cacheFile: string): Promise<Known> {
  const text = await readFile(cacheFile, "utf8").catch(() => "{}");
  try {
    return knownSchema.parse(JSON.parse(text));
  } catch {
    return {};
  }
}

function remember(cacheFile: string, known: Known): void {
  mkdirSync(dirname(cacheFile), { recursive: true, mode: 0o700 });
  const draft = `${cacheFile}.${process.pid}.draft`;
  writeFileSync(draft, JSON.stringify(known, null, 2), { mode: 0o600 });
  renameSync(draft, cacheFile);
}

async function hashFile(path: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
