import { readFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { STATE_FOLDER } from "../../engine/store/project/lock.ts";
import { writeAtomic } from "../../engine/store/write-atomic.ts";

/** Where a host that has the project open is reached. The token opens everything, so the file is its owner's alone. */
const addressSchema = z.object({ address: z.string(), token: z.string() });
export type HostAddress = z.infer<typeof addressSchema>;

const OWNER_ONLY = 0o600;
const fileOf = (folder: string): string => join(folder, STATE_FOLDER, "host.json");

export async function writeHostAddress(folder: string, address: HostAddress): Promise<void> {
  await writeAtomic(fileOf(folder), `${JSON.stringify(address)}\n`, OWNER_ONLY);
}

export async function removeHostAddress(folder: string): Promise<void> {
  await rm(fileOf(folder), { force: true });
}

/** What a host left there; one that was killed leaves what is no longer true. Undefined where there is nothing. */
export function readHostAddress(folder: string): HostAddress | undefined {
  try {
    return addressSchema.parse(JSON.parse(readFileSync(fileOf(folder), "utf8")));
  } catch {
    return undefined;
  }
}
