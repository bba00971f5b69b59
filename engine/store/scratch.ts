import { closeSync, fstatSync, openSync, readSync } from "node:fs";

/** Values up to this size use the same memory one after the other, so that many of them make no garbage outside of JavaScript's heap. */
const SCRATCH_BYTES = 4 * 1024 * 1024;

/** Memory for the bytes of one value at a time: what it gives is good until its next use. */
export class Scratch {
  private buffer: Buffer | undefined;

  encode(text: string): Buffer {
    // The most bytes that a UTF-16 unit takes in UTF-8.
    const buffer = this.take(text.length * 3);
    return buffer.subarray(0, buffer.write(text, 0, "utf8"));
  }

  /** Undefined when there is no such file. */
  read(path: string): Buffer | undefined {
    const file = openIfThere(path);
    if (file === undefined) return undefined;
    try {
      const { size } = fstatSync(file);
      const buffer = this.take(size);
      let length = 0;
      for (let read = 1; read > 0 && length < size; length += read)
        read = readSync(file, buffer, length, size - length, length);
      return buffer.subarray(0, length);
    } finally {
      closeSync(file);
    }
  }

  private take(size: number): Buffer {
    if (size > SCRATCH_BYTES) return Buffer.allocUnsafeSlow(size);
    this.buffer ??= Buffer.allocUnsafeSlow(SCRATCH_BYTES);
    return this.buffer;
  }
}

function openIfThere(path: string): number | undefined {
  try {
    return openSync(path, "r");
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw thrown;
  }
}
