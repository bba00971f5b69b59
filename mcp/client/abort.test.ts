import { expect, test } from "vitest";
import { waitUnlessAborted, withOwnSignal } from "./abort.ts";

test("an abort ends one wait, not what others wait for", async () => {
  const { promise, resolve } = Promise.withResolvers<string>();
  const abort = new AbortController();
  const mine = waitUnlessAborted(promise, abort.signal);
  const theirs = waitUnlessAborted(promise, undefined);
  abort.abort(new Error("enough"));
  await expect(mine).rejects.toThrow("enough");
  resolve("there");
  await expect(theirs).resolves.toBe("there");
  await expect(waitUnlessAborted(promise, abort.signal)).rejects.toThrow("enough");
});

test("an own signal follows the other while it is used, and no longer", async () => {
  const abort = new AbortController();
  let after: AbortSignal | undefined;
  await withOwnSignal(abort.signal, async (own) => {
    after = own;
  });
  const during = withOwnSignal(
    abort.signal,
    (own) => new Promise((resolve) => own.addEventListener("abort", () => resolve(own.reason))),
  );
  abort.abort("now");
  await expect(during).resolves.toBe("now");
  expect(after?.aborted).toBe(false);
  await expect(withOwnSignal(abort.signal, async (own) => own.aborted)).resolves.toBe(true);
});
