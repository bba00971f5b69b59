/**
 * The mean of two trained models of one shape, parameter by parameter. Two ends of training from one start lie close enough for it, and the
 * mean keeps what each does well. Usage: average-parameters.ts <a.bin> <b.bin> <mean.bin>
 */
import { readFileSync, writeFileSync } from "node:fs";

function parameters(path: string): Float32Array {
    const bytes = readFileSync(path);
    return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.length / Float32Array.BYTES_PER_ELEMENT);
}

const [first, second, output] = process.argv.slice(2);
if (!first || !second || !output) throw new Error("usage: average-parameters.ts <a.bin> <b.bin> <mean.bin>");
const a = parameters(first);
const b = parameters(second);
if (a.length !== b.length) throw new Error(`${first} has ${a.length} parameters, ${second} has ${b.length}`);
writeFileSync(output, Buffer.from(a.map((value, index) => (value + b[index]) / 2).buffer));
