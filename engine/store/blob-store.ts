import { createHash, randomBytes } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LargeValues } from "../driver/journal.ts";
import { withFile } from "../driver/file-error.ts";
import { canonicalJson } from "../lib/canonical-json.ts";
import { HeddleError } from "../lib/errors/error.ts";
import type { JsonValue } from "../lib/json.ts";
import type { LargeValue } from "../run/driver.ts";
import { isLarge, LARGE_BYTES } from "./large.ts";
import { RecentValues } from "./recent-values.ts";

/** How much of a value's JSON events show. */
const PREVIEW_LENGTH = 1_000;
const DIGEST_PATTERN = /^[0-9a-f]{64}$/;
/** JSON that is kept in memory of values read lately. */
const RECENT_BYTES = 16 * 1024 * 1024;
/** A file that no run names is removed only when it is this old: its run may not have recorded it yet. */
const YOUNG_MS = 3_600_000;

interface Kept {
  digest: string;
  bytes: number;
  preview: string;
}

/** Large values as files `ab/cdef…` named by the SHA-256 of their canonical JSON: equal values are one file, and files never change. */
export class BlobStore implements LargeValues {
  private readonly folder: string;
  private readonly recent = new RecentValues(RECENT_BYTES);
  /** What values in memory are kept as, so that none is hashed twice. */
  private readonly known = new WeakMap<object, Kept>();
  private lastText: { text: string; kept: Kept } | undefined;

  constructor(folder: string) {
    this.folder = folder;
  }

  hold(value: JsonValue): LargeValue | undefined {
    const kept = this.knownAs(value) ?? (isLarge(value) ? this.keep(value) : undefined);
    return kept && { ...kept, read: () => this.read(kept.digest) };
  }

  read(digest: string): JsonValue {
    const recent = this.recent.get(digest);
    if (recent !== undefined) return recent;
    const path = this.pathOf(digest);
    const json = withFile(path, () => readIfThere(path));
    if (json === undefined || hashOf(json) !== digest) throw new HeddleError("store.value-missing", { digest });
    const value = JSON.parse(json) as JsonValue;
    this.know(value, keptOf(json, digest));
    this.recent.add(digest, value, json.length);
    return value;
  }

  /** Removes the files of values that nobody holds, but for young ones; returns how many. */
  removeAllBut(isHeld: (digest: string) => boolean, now = Date.now()): number {
    let removed = 0;
    for (const start of foldersIn(this.folder)) {
      for (const name of readdirSync(join(this.folder, start))) {
        const path = join(this.folder, start, name);
        if (isHeld(start + name) || now - statSync(path).mtimeMs < YOUNG_MS) continue;
        withFile(path, () => rmSync(path, { force: true }));
        this.recent.remove(start + name);
        removed++;
      }
    }
    return removed;
  }

  private knownAs(value: JsonValue): Kept | undefined {
    if (typeof value === "object" && value !== null) return this.known.get(value);
    return this.lastText && value === this.lastText.text ? this.lastText.kept : undefined;
  }

  private know(value: JsonValue, kept: Kept): void {
    if (typeof value === "object" && value !== null) this.known.set(value, kept);
    else if (typeof value === "string") this.lastText = { text: value, kept };
  }

  private keep(value: JsonValue): Kept | undefined {
    const json = canonicalJson(value);
    const kept = keptOf(json, hashOf(json));
    if (kept.bytes <= LARGE_BYTES) return undefined;
    this.write(kept.digest, json);
    this.know(value, kept);
    return kept;
  }

  /** Made under another name first, so that a crash leaves no part of a value under its digest. */
  private write(digest: string, json: string): void {
    const path = this.pathOf(digest);
    withFile(path, () => {
      if (touch(path)) return;
      mkdirSync(join(this.folder, digest.slice(0, 2)), { recursive: true });
      const temporary = `${path}.${randomBytes(6).toString("hex")}.tmp`;
      try {
        writeFileSync(temporary, json, { flag: "wx" });
        renameSync(temporary, path);
      } catch (thrown) {
        rmSync(temporary, { force: true });
        throw thrown;
      }
    });
  }

  private pathOf(digest: string): string {
    if (!DIGEST_PATTERN.test(digest)) throw new HeddleError("not-found", { kind: "value", name: digest });
    return join(this.folder, digest.slice(0, 2), digest.slice(2));
  }
}

const hashOf = (json: string): string => createHash("sha256").update(json).digest("hex");

const keptOf = (json: string, digest: string): Kept => ({
  digest,
  bytes: Buffer.byteLength(json),
  // Copied, since a slice would keep the whole text in memory.
  preview: Buffer.from(json.slice(0, PREVIEW_LENGTH)).toString(),
});

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw thrown;
  }
}

/** Makes a file young again; false when there is none. */
function touch(path: string): boolean {
  try {
    const now = new Date();
    utimesSync(path, now, now);
    return true;
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "ENOENT") return false;
    throw thrown;
  }
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw thrown;
  }
}
