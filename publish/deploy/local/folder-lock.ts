import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { bornAt, isRunning } from "./process.ts";

/** Makes this process the only supervisor of a folder; false when another one lives. A lock whose holder is dead is taken over. */
export function takeFolder(lock: string): boolean {
  const me = JSON.stringify({ pid: process.pid, born: bornAt(process.pid) });
  for (;;) {
    try {
      writeFileSync(lock, me, { flag: "wx", mode: 0o600 });
      return true;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      if (holderLives(lock)) return false;
      rmSync(lock, { force: true });
    }
  }
}

export function leaveFolder(lock: string): void {
  rmSync(lock, { force: true });
}

function holderLives(lock: string): boolean {
  try {
    return isRunning(JSON.parse(readFileSync(lock, "utf8")) as { pid: number; born: string });
  } catch {
    // Gone meanwhile, or cut off while it was written.
    return false;
  }
}
