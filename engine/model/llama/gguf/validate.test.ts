import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { HeddleError } from "../../../lib/errors/error.ts";
import { demoDefinition } from "../../definition.ts";
import { validateGguf } from "./validate.ts";

let folder: string;
let demo: Buffer;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "heddle-gguf-"));
  demo = await readFile(demoDefinition.path);
});
afterAll(() => rm(folder, { recursive: true }));

/** The demo model with some bytes changed, checked. */
async function outcome(change: (bytes: Buffer) => Buffer | void): Promise<HeddleError | "fine"> {
  const bytes = Buffer.from(demo);
  const path = join(folder, "model.gguf");
  await writeFile(path, change(bytes) ?? bytes);
  return check(path);
}

async function check(path: string): Promise<HeddleError | "fine"> {
  try {
    await validateGguf("demo", path);
    return "fine";
  } catch (error) {
    if (error instanceof HeddleError) return error;
    throw error;
  }
}

/** Overwrites the 32-bit value of a property: key, type (4 bytes), value. */
function setNumber(bytes: Buffer, key: string, value: number): void {
  const at = bytes.indexOf(key);
  expect(at).toBeGreaterThan(0);
  bytes.writeUInt32LE(value, at + key.length + 4);
}

describe("validateGguf", () => {
  it("passes the demo model", async () => expect(await check(demoDefinition.path)).toBe("fine"));

  it("tells a file that isn't there", async () => {
    expect(await check(join(folder, "absent.gguf"))).toMatchObject({ code: "model.file-missing" });
  });

  it("tells a folder and a file that is no GGUF", async () => {
    expect(await check(folder)).toMatchObject({ code: "model.not-gguf" });
    expect(await outcome(() => Buffer.from("hello"))).toMatchObject({ code: "model.not-gguf" });
    expect(await outcome(() => Buffer.alloc(0))).toMatchObject({ code: "model.not-gguf" });
  });

  it("tells how much of a cut file is missing, wherever it is cut", async () => {
    for (const size of [6, 20, 500, 30_000, 200_000, demo.length - 1]) {
      const path = join(folder, "cut.gguf");
      await writeFile(path, demo);
      await truncate(path, size);
      const error = await check(path);
      expect(error).toMatchObject({ code: "model.file-truncated", params: { actual: size } });
      expect((error as HeddleError).params.expected).toBeGreaterThan(size);
    }
  });

  it.each([
    ["block_count", 0],
    ["block_count", 100_000],
    ["embedding_length", 0],
    ["attention.head_count", 0],
  ])("tells an impossible %s of %i, on which llama.cpp would abort", async (key, value) => {
    const error = await outcome((bytes) => setNumber(bytes, `qwen3.${key}`, value));
    expect(error).toMatchObject({ code: "model.file-corrupt" });
  });

  it("tells an unknown version and a garbled length", async () => {
    expect(await outcome((bytes) => void bytes.writeUInt32LE(99, 4))).toMatchObject({ code: "model.file-corrupt" });
    expect(await outcome((bytes) => void bytes.writeBigUInt64LE(1n << 60n, 24))).toMatchObject({
      code: "model.file-corrupt",
    });
    expect(await outcome((bytes) => void bytes.writeBigUInt64LE(1n << 40n, 8))).toMatchObject({
      code: "model.file-corrupt",
    });
  });
});
