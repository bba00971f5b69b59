import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { STATE_FOLDER } from "../../engine/store/project/lock.ts";

const OWNER_ONLY = 0o600;

/**
 * The secret that MCP clients of a project show: made on first use and the same ever after, so that it can stand in their settings. It
 * opens this project's tools and nothing else.
 */
export async function projectToken(folder: string): Promise<string> {
  const path = join(folder, STATE_FOLDER, "mcp-token");
  await mkdir(join(folder, STATE_FOLDER), { recursive: true });
  // `wx`: of two processes that ask at once, one makes it and both use it.
  await writeFile(path, `${randomBytes(24).toString("hex")}\n`, { mode: OWNER_ONLY, flag: "wx" }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    },
  );
  return (await readFile(path, "utf8")).trim();
}

/** Compares in the same time for every wrong one. */
export function isToken(offered: string, token: string): boolean {
  const [a, b] = [offered, token].map((text) => createHash("sha256").update(text).digest());
  return timingSafeEqual(a!, b!);
}
