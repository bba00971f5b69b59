import { createHash, randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { StringDecoder } from "node:string_decoder";
import type { LargeValues } from "../driver/journal.ts";
import { withFile } from "../driver/file-error.ts";
import { canonicalJson } from "../lib/canonical-json.ts";
import { HeddleError } from "../lib/errors/error.ts";
import type { JsonValue } from "../lib/json.ts";
import type { LargeValue } from "../run/driver.ts";
import { isLarge, LARGE_BYTES } from "./large.ts";
import { RecentValues } from "./recent-values.ts";
import { Scratch } from "./scratch.ts";

/** How many bytes of a value's JSON events show. */
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
  private known = new WeakMap<object, Kept>();
  private readonly scratch = new Scratch();
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
    const json = withFile(path, () => this.scratch.read(path));
    if (json === undefined || hashOf(json) !== digest) throw new HeddleError("store.value-missing", { digest });
    const value = JSON.parse(json.toString("utf8")) as JsonValue;
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
    if (removed > 0) this.forgetKnown();
    return removed;
  }

  /** A value in memory may be one whose file is gone: it is looked at anew. */
  private forgetKnown(): void {
    this.known = new WeakMap();
    this.lastText = undefined;
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
    const json = this.scratch.encode(canonicalJson(value));
    if (json.length <= LARGE_BYTES) return undefined;
    const kept = keptOf(json, hashOf(json));
    this.write(kept.digest, json);
    this.know(value, kept);
    return kept;
  }

  /** Made under another name first, so that a crash leaves no part of a value under its digest. */
  private write(digest: string, json: Buffer): void {
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

const hashOf = (json: Buffer): string => createHash("sha256").update(json).digest("hex");

const keptOf = (json: Buffer, digest: string): Kept => ({ digest, bytes: json.length, preview: previewOf(json) });

/** The beginning, without half a character at its end. */
const previewOf = (json: Buffer): string => new StringDecoder("utf8").write(json.subarray(0, PREVIEW_LENGTH));

/** Makes a file young again; false when there is none. */
function touch(path: string): boolean {
  if (!existsSync(path)) return false;
  const now = new Date();
  utimesSync(path, now, now);
  return true;
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "ENOENT") return [];
    throw thrown;
  }
}
