import { describe, expect, it } from "vitest";
import { lazy } from "./lazy.ts";

describe("a lazy value", () => {
  it("is made once, when it is first asked for", () => {
    let made = 0;
    const value = lazy(() => ++made);
    expect(made).toBe(0);
    expect([value(), value(), made]).toEqual([1, 1, 1]);
  });
});
