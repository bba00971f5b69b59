import type { LlamaContextSequence, Token } from "node-llama-cpp";

/** A sequence of the context, with the prompt and answer that it held last. */
export interface Slot {
  sequence: Pick<LlamaContextSequence, "compareContextTokens">;
  /** Counts up with each use. */
  lastUsed: number;
}

/** Less shared than this isn't worth what the slot still holds for somebody else. */
const WORTH_KEEPING = 0.5;

/** The slot that holds most of the prompt already; where none holds half of it, the one that nobody used for longest. */
export function chooseSlot<S extends Slot>(free: readonly S[], tokens: Token[]): S {
  const shared = free.map((slot) => slot.sequence.compareContextTokens(tokens).firstDifferentIndex);
  const longest = Math.max(...shared);
  if (longest >= tokens.length * WORTH_KEEPING) return free[shared.indexOf(longest)]!;
  return free.reduce((oldest, slot) => (slot.lastUsed < oldest.lastUsed ? slot : oldest));
}
