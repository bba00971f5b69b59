import type { FileHandle } from "node:fs/promises";

/** https://github.com/ggml-org/ggml/blob/master/docs/gguf.md */

export interface TensorInfo {
  name: string;
  elements: number;
  type: number;
  /** From the start of the tensor data. */
  offset: number;
}

export interface GgufHeader {
  version: number;
  /** Scalars and short arrays; long ones (the vocabulary) as their length alone. */
  metadata: ReadonlyMap<string, MetadataValue>;
  tensors: readonly TensorInfo[];
  /** Where the tensor data starts in the file. */
  dataStart: number;
}

export type MetadataValue = number | boolean | string | MetadataValue[] | { length: number };

/** The file ends before its header does. */
export class HeaderTruncated extends Error {
  readonly needed: number;
  constructor(needed: number) {
    super(`the header needs ${needed} bytes`);
    this.needed = needed;
  }
}
/** The header's bytes make no sense. */
export class HeaderCorrupt extends Error {}

const FIRST_READ = 1 << 20;
const LONG_ARRAY = 1024;
const MAX_COUNT = 1_000_000;
const MAX_DIMENSIONS = 8;
const MAX_NESTING = 3;
const DEFAULT_ALIGNMENT = 32;

/** Reads as much of the file as its header takes. @throws HeaderTruncated, HeaderCorrupt */
export async function readHeader(file: FileHandle, size: number): Promise<GgufHeader> {
  for (let length = Math.min(FIRST_READ, size); ; length = Math.min(length * 4, size)) {
    const buffer = Buffer.alloc(length);
    const { bytesRead } = await file.read(buffer, 0, length, 0);
    try {
      return parseHeader(new Cursor(buffer.subarray(0, bytesRead)));
    } catch (error) {
      if (!(error instanceof HeaderTruncated) || length >= size) throw error;
    }
  }
}

function parseHeader(cursor: Cursor): GgufHeader {
  cursor.skip(4);
  const version = cursor.u32();
  if (version < 2 || version > 3) throw new HeaderCorrupt(`its GGUF version ${version} is not known`);
  const tensorCount = cursor.count("tensors");
  const metadataCount = cursor.count("properties");
  const metadata = new Map<string, MetadataValue>();
  for (let i = 0; i < metadataCount; i++) metadata.set(cursor.text(), cursor.value(cursor.u32(), 0));
  const tensors = Array.from({ length: tensorCount }, () => readTensor(cursor));
  const alignment = metadata.get("general.alignment") ?? DEFAULT_ALIGNMENT;
  if (typeof alignment !== "number" || alignment < 1) throw new HeaderCorrupt("its alignment is not a number");
  return { version, metadata, tensors, dataStart: Math.ceil(cursor.position / alignment) * alignment };
}

function readTensor(cursor: Cursor): TensorInfo {
  const name = cursor.text();
  const dimensions = cursor.u32();
  if (dimensions > MAX_DIMENSIONS) throw new HeaderCorrupt(`tensor ${name} has ${dimensions} dimensions`);
  let elements = 1;
  for (let i = 0; i < dimensions; i++) elements *= cursor.u64();
  return { name, elements, type: cursor.u32(), offset: cursor.u64() };
}

class Cursor {
  position = 0;
  readonly #buffer: Buffer;

  constructor(buffer: Buffer) {
    this.#buffer = buffer;
  }

  skip(bytes: number): number {
    const start = this.position;
    if (start + bytes > this.#buffer.length) throw new HeaderTruncated(start + bytes);
    this.position = start + bytes;
    return start;
  }

  u32(): number {
    return this.#buffer.readUInt32LE(this.skip(4));
  }

  u64(): number {
    return Number(this.#buffer.readBigUInt64LE(this.skip(8)));
  }

  count(what: string): number {
    const count = this.u64();
    if (count > MAX_COUNT) throw new HeaderCorrupt(`it claims ${count} ${what}`);
    return count;
  }

  text(): string {
    const length = this.u64();
    const start = this.skip(length);
    return this.#buffer.toString("utf8", start, start + length);
  }

  /** Value types in the order of the format's numbers. */
  value(type: number, depth: number): MetadataValue {
    const buffer = this.#buffer;
    switch (type) {
      case 0:
        return buffer.readUInt8(this.skip(1));
      case 1:
        return buffer.readInt8(this.skip(1));
      case 2:
        return buffer.readUInt16LE(this.skip(2));
      case 3:
        return buffer.readInt16LE(this.skip(2));
      case 4:
        return this.u32();
      case 5:
        return buffer.readInt32LE(this.skip(4));
      case 6:
        return buffer.readFloatLE(this.skip(4));
      case 7:
        return buffer.readUInt8(this.skip(1)) !== 0;
      case 8:
        return this.text();
      case 9:
        return this.#array(depth);
      case 10:
        return this.u64();
      case 11:
        return Number(buffer.readBigInt64LE(this.skip(8)));
      case 12:
        return buffer.readDoubleLE(this.skip(8));
      default:
        throw new HeaderCorrupt(`a property has the unknown type ${type}`);
    }
  }

  #array(depth: number): MetadataValue {
    if (depth >= MAX_NESTING) throw new HeaderCorrupt("its properties are nested too deep");
    const type = this.u32();
    const length = this.u64();
    const values: MetadataValue[] = [];
    for (let i = 0; i < length; i++) {
      const value = this.value(type, depth + 1);
      if (length <= LONG_ARRAY) values.push(value);
    }
    return length <= LONG_ARRAY ? values : { length };
  }
}
