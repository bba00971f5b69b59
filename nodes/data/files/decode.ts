import { analyse } from "chardet";
import { ENCODINGS, type Encoding } from "./kinds.ts";

/** Per cent. */
const LIKELY = 40;

/**
 * Bytes as text. `auto`: what a byte order mark says, then UTF-8 where it fits, then the likeliest of the encodings that can be chosen.
 * Undefined where the bytes are no text in that encoding.
 */
export function decode(bytes: Uint8Array, encoding: Encoding | "auto"): string | undefined {
  if (encoding !== "auto") return strictly(bytes, encoding);
  const marked = byteOrderMark(bytes);
  if (marked) return strictly(bytes, marked);
  return strictly(bytes, "utf-8") ?? guessed(bytes);
}

function byteOrderMark([first, second]: Uint8Array): Encoding | undefined {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  return first === 0xfe && second === 0xff ? "utf-16be" : undefined;
}

function strictly(bytes: Uint8Array, encoding: string): string | undefined {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

function guessed(bytes: Uint8Array): string | undefined {
  for (const { name, confidence } of analyse(bytes)) {
    // Of a few bytes nobody can tell: then it is better to ask than to show wrong letters.
    if (confidence < LIKELY) return undefined;
    const plain = plainName(name === "ISO-8859-1" ? "windows-1252" : name);
    const known = ENCODINGS.find((encoding) => plainName(encoding) === plain);
    const text = known && strictly(bytes, known);
    if (text !== undefined) return text;
  }
  return undefined;
}

const plainName = (encoding: string) => encoding.toLowerCase().replaceAll(/[-_]/g, "");
