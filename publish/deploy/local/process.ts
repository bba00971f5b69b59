import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import type { ProcessRecord } from "./cluster-file.ts";

/** When a process was born, in the system's own words, or undefined when there is none. Tells a process from a later one with the same id. */
export function bornAt(pid: number): string | undefined {
  try {
    if (process.platform === "linux") return bornOnLinux(pid);
    process.kill(pid, 0);
    if (process.platform === "win32") return "alive";
    return execFileSync("ps", ["-o", "lstart=", "-p", String(pid)], { encoding: "utf8" }).trim() || undefined;
  } catch {
    return undefined;
  }
}

/** Field 22 of /proc/<pid>/stat (start time in clock ticks); a zombie has ended. The name in field 2 may hold spaces, so count after its `)`. */
function bornOnLinux(pid: number): string | undefined {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
  return fields[0] === "Z" ? undefined : fields[19];
}

export const isRunning = (record: Pick<ProcessRecord, "pid" | "born">): boolean => bornAt(record.pid) === record.born;

export function signal(record: Pick<ProcessRecord, "pid" | "born">, name: NodeJS.Signals): void {
  if (!isRunning(record)) return;
  try {
    process.kill(record.pid, name);
  } catch {
    // It ended between the look and the signal: what was wanted.
  }
}

/** True once none of the processes runs; false when some still do after `timeout` ms. Other programs' children give no exit event, so this looks. */
export async function ended(
  records: readonly Pick<ProcessRecord, "pid" | "born">[],
  timeout: number,
): Promise<boolean> {
  const deadline = Date.now() + timeout;
  while (records.some(isRunning)) {
    if (Date.now() > deadline) return false;
    await delay(40);
  }
  return true;
}

/** Ends processes: politely, then by force after `grace` ms. */
export async function endAll(records: readonly Pick<ProcessRecord, "pid" | "born">[], grace: number): Promise<void> {
  for (const record of records) signal(record, "SIGTERM");
  if (await ended(records, grace)) return;
  for (const record of records) signal(record, "SIGKILL");
  await ended(records, 5_000);
}
