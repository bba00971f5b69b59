/** Those who wait for something that is in use, first come first served. */
export class WaitingLine {
  readonly #waiting: (() => void)[] = [];

  /** Resolves when it is the caller's turn. @throws what the signal was aborted with */
  join(signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const wake = () => {
        signal.removeEventListener("abort", leave);
        resolve();
      };
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(wake), 1);
        reject(signal.reason as Error);
      };
      signal.addEventListener("abort", leave, { once: true });
      this.#waiting.push(wake);
    });
  }

  /** Lets the first go on. */
  next(): void {
    this.#waiting.shift()?.();
  }

  /** Lets everybody go on. */
  all(): void {
    for (const wake of this.#waiting.splice(0)) wake();
  }
}
