import { describe, expect, it } from "vitest";
import { lazy } from "./lazy.ts";

describe("something made on first use", () => {
  it("is made once, also when asked for twice at once", async () => {
    let times = 0;
    const get = lazy(async () => ++times);
    expect(get.made()).toBeUndefined();
    expect(await Promise.all([get(), get()])).toEqual([1, 1]);
    expect(await get.made()).toBe(1);
  });

  it("can be asked for without a failure of whoever makes it", async () => {
    const get = lazy(() => Promise.reject(new Error("broken")));
    const asked = get();
    const made = get.made();
    await expect(asked).rejects.toThrow("broken");
    expect(await made).toBeUndefined();
  });

  it("is tried again after a failure", async () => {
    let times = 0;
    const get = lazy(async () => {
      if (++times === 1) throw new Error("not yet");
      return times;
    });
    await expect(get()).rejects.toThrow("not yet");
    expect(get.made()).toBeUndefined();
    expect(await get()).toBe(2);
  });
});
