import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { canonicalJson } from "../lib/canonical-json.ts";
import type { JsonValue } from "../lib/json.ts";
import { BlobStore } from "./blob-store.ts";
import { isLarge, LARGE_BYTES } from "./large.ts";
import { RecentValues } from "./recent-values.ts";

const LARGE = { rows: Array.from({ length: 5_000 }, (_, index) => ({ index, name: `row ${index}` })) };

describe("blob store", () => {
  let folder: string;
  let blobs: BlobStore;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "heddle-blobs-"));
    blobs = new BlobStore(join(folder, "blobs"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));
  const files = () =>
    readdirSync(join(folder, "blobs"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));

  it("keeps a large value as a file named by its canonical JSON’s SHA-256", () => {
    const held = blobs.hold(LARGE)!;
    const json = canonicalJson(LARGE);
    expect(held.digest).toBe(createHash("sha256").update(json).digest("hex"));
    expect(held.bytes).toBe(Buffer.byteLength(json));
    expect(json.startsWith(held.preview)).toBe(true);
    expect(files()).toEqual([join(folder, "blobs", held.digest.slice(0, 2), held.digest.slice(2))]);
    expect(readFileSync(files()[0]!, "utf8")).toBe(json);
    expect(held.read()).toEqual(LARGE);
    expect(new BlobStore(join(folder, "blobs")).read(held.digest)).toEqual(LARGE);
  });

  it("keeps equal values once, whatever the order of their fields", () => {
    const text = "x".repeat(LARGE_BYTES);
    const one = blobs.hold({ a: 1, text })!;
    const other = blobs.hold({ text, a: 1 })!;
    expect(other.digest).toBe(one.digest);
    expect(files()).toHaveLength(1);
  });

  it("leaves small values where they are", () => {
    const small: JsonValue[] = [null, 1, "text", { a: [1, 2, 3] }, "x".repeat(60_000), { text: "é".repeat(30_000) }];
    for (const value of small) {
      expect(blobs.hold(value)).toBeUndefined();
    }
    expect(blobs.hold("é".repeat(33_000))).toMatchObject({ bytes: 66_002 });
  });

  it("never takes a large value for a small one", () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.integer({ min: 1, max: 4_000 }), (value, times) => {
        const many = Array.from({ length: times }, () => value) as Parameters<typeof isLarge>[0];
        if (Buffer.byteLength(JSON.stringify(many)) > LARGE_BYTES) expect(isLarge(many)).toBe(true);
      }),
    );
  });

  it("says when a file is gone or was changed", () => {
    const { digest } = blobs.hold(LARGE)!;
    writeFileSync(files()[0]!, "[]");
    expect(() => blobs.read(digest)).toThrow(expect.objectContaining({ code: "store.value-missing" }));
    rmSync(files()[0]!);
    expect(() => blobs.read(digest)).toThrow(expect.objectContaining({ code: "store.value-missing" }));
    expect(() => blobs.read("../../etc/passwd")).toThrow(expect.objectContaining({ code: "not-found" }));
  });

  it("removes what nobody holds, but not what is young", () => {
    const kept = blobs.hold(LARGE)!;
    const old = blobs.hold("y".repeat(LARGE_BYTES))!;
    expect(blobs.removeAllBut((digest) => digest === kept.digest)).toBe(0);
    const longAgo = new Date(Date.now() - 86_400_000);
    for (const file of files()) utimesSync(file, longAgo, longAgo);
    expect(blobs.removeAllBut((digest) => digest === kept.digest)).toBe(1);
    expect(() => blobs.read(old.digest)).toThrow(expect.objectContaining({ code: "store.value-missing" }));
    expect(blobs.read(kept.digest)).toEqual(LARGE);
  });

  it("keeps a value again that was removed while somebody still had it in memory", () => {
    const { digest } = blobs.hold(LARGE)!;
    const longAgo = new Date(Date.now() - 86_400_000);
    for (const file of files()) utimesSync(file, longAgo, longAgo);
    expect(blobs.removeAllBut(() => false)).toBe(1);
    expect(blobs.hold(LARGE)!.digest).toBe(digest);
    expect(files()).toHaveLength(1);
  });

  it("makes a value young again that a run holds anew", () => {
    const { digest } = blobs.hold(LARGE)!;
    const longAgo = new Date(Date.now() - 86_400_000);
    utimesSync(files()[0]!, longAgo, longAgo);
    new BlobStore(join(folder, "blobs")).hold(structuredClone(LARGE));
    expect(blobs.removeAllBut(() => false)).toBe(0);
    expect(blobs.read(digest)).toEqual(LARGE);
  });
});

describe("values read lately", () => {
  it("stay within their bound, those used last kept", () => {
    const recent = new RecentValues(100);
    for (const name of ["a", "b", "c", "d"]) recent.add(name, name, 25);
    recent.get("a");
    recent.add("e", "e", 25);
    expect(["a", "b", "c", "d", "e"].map((name) => recent.get(name))).toEqual(["a", undefined, "c", "d", "e"]);
    recent.add("huge", "huge", 26);
    expect(recent.get("huge")).toBeUndefined();
  });
});
