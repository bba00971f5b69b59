import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../engine/lib/json.ts";
import type { Operation } from "../../engine/node/operation.ts";
import { play } from "../testing/play.ts";
import { loop } from "./loop.ts";
import { widened } from "./loop-schema.ts";

const step = loop.role === "step" ? loop : undefined!;

const process = (config: JsonObject) => step.process!({ config: step.config.parse(config), bound: {}, input: null });

/** Plays rounds that count the state up by one; `while` and `until` hold as the functions say. */
function count(
  config: JsonObject,
  asks: { while?: (state: number) => JsonValue; until?: (state: number) => JsonValue } = {},
) {
  const answer = (operation: Operation): JsonValue => {
    const state = "locals" in operation ? Number(operation.locals["state"]) : 0;
    if (operation.kind === "evaluate") return { while: asks.while!(state) };
    return { next: state + 1, ...(asks.until && { until: asks.until(state) }) };
  };
  return play(process({ state: 0, next: "{{ state + 1 }}", ...config }), answer);
}

describe("a loop", () => {
  test("runs as often as it shall, with the state from round to round", () => {
    const { asked, result } = count({ times: 3 });
    expect(result).toEqual({ output: { state: 3, rounds: 3, limitReached: false } });
    expect(asked).toEqual([
      { kind: "body", round: 0, locals: { state: 0, index: 0 } },
      { kind: "body", round: 1, locals: { state: 1, index: 1 } },
      { kind: "body", round: 2, locals: { state: 2, index: 2 } },
    ]);
  });

  test("may run no round at all", () => {
    expect(count({ times: 0 }).result?.output).toEqual({ state: 0, rounds: 0, limitReached: false });
  });

  test("ends before a round when “while” is false, after one when “until” is true", () => {
    expect(count({ while: "x" }, { while: (state) => state < 2 }).result?.output).toMatchObject({
      state: 2,
      rounds: 2,
    });
    expect(count({ until: "x" }, { until: (state) => state === 2 }).result?.output).toMatchObject({
      state: 3,
      rounds: 3,
    });
    const both = count(
      { while: "x", until: "y", times: 9 },
      { while: (state) => state < 5, until: (state) => state === 1 },
    );
    expect(both.result?.output).toMatchObject({ state: 2, rounds: 2 });
  });

  test("takes what is empty for false", () => {
    expect(count({ while: "x" }, { while: () => null }).result?.output).toMatchObject({ rounds: 0 });
  });

  test("keeps its state where no next one is given", () => {
    const { result } = play(process({ state: { a: 1 }, times: 2 }), () => ({}));
    expect(result?.output).toEqual({ state: { a: 1 }, rounds: 2, limitReached: false });
  });

  test("that doesn’t end is stopped at its limit: with an error that says what to do, or as its author wants", () => {
    const forever = { while: () => true };
    expect(() => count({ while: "true", limit: 5 }, forever)).toThrow(
      expect.objectContaining({ code: "loop.limit", params: { limit: 5 } }),
    );
    const { result } = count({ while: "true", limit: 5, atLimit: "continue" }, forever);
    expect(result?.output).toEqual({ state: 5, rounds: 5, limitReached: true });
  });

  test("that ends with its last allowed round didn’t reach its limit", () => {
    expect(count({ times: 5, limit: 5 }).result?.output).toEqual({ state: 5, rounds: 5, limitReached: false });
    const { result } = count({ until: "x", limit: 5 }, { until: (state) => state === 4 });
    expect(result?.output).toMatchObject({ rounds: 5, limitReached: false });
  });

  test("says which condition is neither true nor false, and which count is none", () => {
    expect(() => count({ until: "x" }, { until: () => 3 })).toThrow(
      expect.objectContaining({ code: "loop.not-boolean", params: { field: "until", value: "3" } }),
    );
    expect(() => count({ times: "many" })).toThrow(expect.objectContaining({ code: "loop.bad-times" }));
  });

  test("needs a way to end", () => {
    const { error } = step.config.safeParse({ state: 0 });
    expect(error?.issues[0]).toMatchObject({ path: ["until"], message: expect.stringContaining("how often") });
  });

  test("makes a hundred thousand rounds without keeping them", () => {
    let rounds = 0;
    const generator = process({ times: 100_000, limit: 100_000 });
    for (let next = generator.next(null); !next.done; next = generator.next({})) rounds++;
    expect(rounds).toBe(100_000);
  });
});

test("a state that begins empty or with a word may become anything of its kind", () => {
  expect(
    widened({ type: "object", properties: { draft: { type: "null" }, word: { const: "a" }, n: { type: "integer" } } }),
  ).toEqual({
    type: "object",
    properties: { draft: {}, word: { type: "string" }, n: { type: "number" } },
  });
  expect(widened({ enum: ["a", 1] })).toEqual({});
});
