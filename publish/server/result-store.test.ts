import { describe, expect, it } from "vitest";
import type { OperationResult } from "../../engine/run/driver.ts";
import { createResultStore, isKept, JOURNAL_LIMIT, RESULT_LIMIT, type KeptResult } from "./result-store.ts";

function store() {
  const blobs = new Map<string, string>();
  const results = createResultStore({
    put: async (digest, text) => void blobs.set(digest, text),
    get: async (digest) => blobs.get(digest),
  });
  return { blobs, results };
}

const text = (length: number): OperationResult => ({ ok: true, value: "x".repeat(length) });

describe("a result store", () => {
  it("leaves a small result in the journal", async () => {
    const { blobs, results } = store();
    expect(await results.keep(text(100))).toEqual(text(100));
    expect(blobs.size).toBe(0);
  });

  it("keeps a large one by its digest, equal ones once, and reads it back", async () => {
    const { blobs, results } = store();
    const large = text(JOURNAL_LIMIT);
    const kept = await results.keep(large);
    expect(await results.keep(text(JOURNAL_LIMIT))).toEqual(kept);
    expect(blobs.size).toBe(1);
    expect(isKept(kept) && (await results.read(kept))).toEqual(large);
  });

  it("fails a step that returns more than anything may hold, in words", async () => {
    const kept = await store().results.keep(text(RESULT_LIMIT));
    expect(kept).toMatchObject({
      ok: false,
      error: { code: "publish.value-too-large", params: { limit: "64.0 MiB" } },
    });
  });

  it("says which result is lost", async () => {
    const lost: KeptResult = { kept: "ab12" };
    await expect(store().results.read(lost)).rejects.toMatchObject({ code: "publish.result-lost" });
  });
});
