import type { Token } from "node-llama-cpp";
import { describe, expect, it } from "vitest";
import { chooseSlot } from "./slots.ts";

const asTokens = (text: string) => [...text].map((letter) => letter.charCodeAt(0) as Token);

function slot(held: string, lastUsed: number) {
  const tokens = asTokens(held);
  const compareContextTokens = (other: Token[]) => {
    const at = other.findIndex((token, index) => token !== tokens[index]);
    return { firstDifferentIndex: at === -1 ? other.length : at };
  };
  return { held, sequence: { compareContextTokens }, lastUsed };
}

describe("chooseSlot", () => {
  const slots = [slot("system A question 1", 3), slot("system B question 1", 2), slot("short", 1)];

  it("takes the slot that holds most of the prompt", () => {
    expect(chooseSlot(slots, asTokens("system B question 2")).held).toBe("system B question 1");
  });

  it("leaves long prefixes to their owners when little would be gained", () => {
    expect(chooseSlot(slots, asTokens("say hello to everyone")).held).toBe("short");
  });
});
