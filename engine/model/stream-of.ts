/** A generator as a web stream: pulled as it is read, ended when the reader leaves. */
export function streamOf<T>(parts: AsyncGenerator<T>): ReadableStream<T> {
  return new ReadableStream<T>(
    {
      async pull(controller) {
        const next = await parts.next();
        if (next.done) controller.close();
        else controller.enqueue(next.value);
      },
      cancel() {
        // Not awaited: a generator that waits for its source only ends at the next part.
        parts.return(undefined).catch(() => undefined);
      },
    },
    { highWaterMark: 0 },
  );
}
