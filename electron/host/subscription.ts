/** Calls the listener at every change until the returned function is called. */
export type Subscribe<T> = (listener: (value: T) => void) => () => void;

/**
 * A subscription as an async iterable that ends with the signal. Values that nobody took yet wait in order; with `latest`, only the newest
 * waits, which suits states that replace each other.
 */
export async function* subscription<T>(
  subscribe: Subscribe<T>,
  signal: AbortSignal | undefined,
  options: { latest?: boolean } = {},
): AsyncGenerator<T, void, void> {
  const waiting: T[] = [];
  let wake = Promise.withResolvers<void>();
  const unsubscribe = subscribe((value) => {
    if (options.latest) waiting.length = 0;
    waiting.push(value);
    wake.resolve();
  });
  const onAbort = () => wake.resolve();
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    while (!signal?.aborted) {
      while (waiting.length > 0) yield waiting.shift() as T;
      if (signal?.aborted) return;
      await wake.promise;
      wake = Promise.withResolvers<void>();
    }
  } finally {
    signal?.removeEventListener("abort", onAbort);
    unsubscribe();
  }
}
