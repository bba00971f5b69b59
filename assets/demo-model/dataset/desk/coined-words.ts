import { readFileSync } from "node:fs";
import { vocabulary } from "../../tokenizer-training.ts";
import type { Random } from "../random.ts";

/**
 * Words put together from the vocabulary's own pieces. Most pieces hardly occur in the generator's sentences by themselves ("ity" outside
 * of "city"), and a piece that was never copied in training can't be copied later.
 */
const MERGES = new URL("../../merges.json", import.meta.url);
const PIECES = vocabulary(JSON.parse(readFileSync(MERGES, "utf8"))).tokens.filter((token) => /^[a-z]{1,6}$/.test(token));

export function coinedWord(random: Random): string {
    const count = random.weighted([
        [1, 2],
        [2, 5],
        [3, 2],
    ]);
    return Array.from({ length: count }, () => random.pick(PIECES)).join("");
}
