/** How long the end of child processes is awaited before the process leaves anyway. */
const PATIENCE_MS = 5_000;

/** Ctrl+C reaches the whole process group and is passed on by `npm start` too: those belong together. */
const SAME_WISH_MS = 1_000;

/**
 * Runs `close` once when this process is asked to end: by a signal, or because the program that started it went away. Asked again later, or
 * when the close takes too long, the process ends at once. Returns the wish itself, for other ways to ask.
 */
export function onShutdown(close: () => Promise<void>): () => void {
  let asked: number | undefined;
  const end = () => {
    if (asked !== undefined) {
      if (Date.now() - asked > SAME_WISH_MS) process.exit(1);
      return;
    }
    asked = Date.now();
    setTimeout(() => process.exit(1), PATIENCE_MS).unref();
    close().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP", "disconnect"]) process.on(signal, end);
  return end;
}
