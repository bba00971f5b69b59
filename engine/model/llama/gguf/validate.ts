import { open, type FileHandle } from "node:fs/promises";
import { HeddleError } from "../../../lib/errors/error.ts";
import { HeaderCorrupt, HeaderTruncated, readHeader, type GgufHeader, type MetadataValue } from "./read.ts";
import { tensorBytes } from "./tensor-types.ts";

const MAGIC = "GGUF";
const BOUNDS: readonly { key: string; min: number; max: number; required: boolean }[] = [
  { key: "block_count", min: 1, max: 1024, required: true },
  { key: "embedding_length", min: 1, max: 1 << 20, required: true },
  { key: "context_length", min: 1, max: 1 << 30, required: true },
  { key: "attention.head_count", min: 1, max: 4096, required: false },
  { key: "attention.head_count_kv", min: 0, max: 4096, required: false },
  { key: "expert_count", min: 0, max: 4096, required: false },
];

/**
 * Looks at a GGUF before llama.cpp does: what is checked here would end its process (or read past the file) without a word.
 * @throws HeddleError `model.file-missing`, `model.not-gguf`, `model.file-truncated`, `model.file-corrupt`
 */
export async function validateGguf(model: string, path: string): Promise<void> {
  const file = await openFile(model, path);
  try {
    const { size } = await file.stat();
    await checkMagic(file, path);
    const header = await headerOf(file, path, size);
    checkNumbers(header, path);
    checkExtents(header, path, size);
  } finally {
    await file.close();
  }
}

async function openFile(model: string, path: string): Promise<FileHandle> {
  try {
    const file = await open(path, "r");
    if ((await file.stat()).isFile()) return file;
    await file.close();
  } catch (cause) {
    throw new HeddleError("model.file-missing", { model, path }, { cause });
  }
  throw new HeddleError("model.not-gguf", { path });
}

async function checkMagic(file: FileHandle, path: string): Promise<void> {
  const magic = Buffer.alloc(MAGIC.length);
  await file.read(magic, 0, magic.length, 0);
  if (magic.toString("latin1") !== MAGIC) throw new HeddleError("model.not-gguf", { path });
}

async function headerOf(file: FileHandle, path: string, size: number): Promise<GgufHeader> {
  try {
    return await readHeader(file, size);
  } catch (error) {
    if (error instanceof HeaderCorrupt) throw corrupt(path, error.message, error);
    if (error instanceof HeaderTruncated) throw truncated(path, size, error.needed);
    throw error;
  }
}

function checkNumbers({ metadata }: GgufHeader, path: string): void {
  const architecture = metadata.get("general.architecture");
  if (typeof architecture !== "string") throw corrupt(path, "it doesn’t say what kind of model it is");
  for (const { key, min, max, required } of BOUNDS) {
    const value = metadata.get(`${architecture}.${key}`);
    if (value === undefined && required) throw corrupt(path, `its ${key} is missing`);
    for (const number of numbersOf(value)) {
      if (!(number >= min && number <= max)) throw corrupt(path, `its ${key} is ${number}`);
    }
  }
  const experts = numbersOf(metadata.get(`${architecture}.expert_count`))[0] ?? 0;
  const used = numbersOf(metadata.get(`${architecture}.expert_used_count`))[0] ?? 0;
  if (experts > 0 && (used < 1 || used > experts)) throw corrupt(path, `it uses ${used} of its ${experts} experts`);
}

/** A count stands once for all layers or as a list, one a layer; in a list some layers may have none. */
function numbersOf(value: MetadataValue | undefined): number[] {
  if (Array.isArray(value)) return value.filter((item) => typeof item === "number" && item !== 0) as number[];
  return value === undefined ? [] : [typeof value === "number" ? value : Number.NaN];
}

function checkExtents({ tensors, dataStart }: GgufHeader, path: string, size: number): void {
  if (tensors.length === 0) throw corrupt(path, "it holds no weights");
  let end = dataStart;
  for (const { name, type, elements, offset } of tensors) {
    if (!Number.isSafeInteger(elements) || elements < 1) throw corrupt(path, `tensor ${name} has an impossible size`);
    end = Math.max(end, dataStart + offset + (tensorBytes(type, elements) ?? 0));
  }
  if (end > size) throw truncated(path, size, end);
}

function corrupt(path: string, detail: string, cause?: unknown): HeddleError {
  return new HeddleError("model.file-corrupt", { path, detail }, { cause });
}

function truncated(path: string, actual: number, expected: number): HeddleError {
  // A length that was garbled rather than cut asks for more than any file has.
  if (expected > 2 ** 45) return corrupt(path, "its header asks for more bytes than any file has");
  return new HeddleError("model.file-truncated", { path, actual, expected });
}
