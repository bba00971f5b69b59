import type { Operations } from "./operations.ts";

/** So many rounds begin before the run passes a checkpoint. */
export const ROUNDS_A_BREATH = 1_000;

/**
 * Lets the host breathe in long loops: after every thousand rounds a sleep of no length, durable like any operation, before the next ones begin.
 * Events are told and kept meanwhile, so that they never pile up.
 */
export class Breather {
  private readonly operations: Operations;
  private waiting: (() => void)[] = [];
  private begun = 0;
  private breaths = 0;
  private isPaused = false;

  constructor(operations: Operations) {
    this.operations = operations;
  }

  /** Begins a round, now or behind the next checkpoint. */
  enter(begin: () => void): void {
    if (this.isPaused || this.begun >= ROUNDS_A_BREATH) {
      this.waiting.push(begin);
      this.pause();
      return;
    }
    this.begun++;
    begin();
  }

  /** Everything that was under way was given up. */
  reset(): void {
    this.waiting = [];
    this.isPaused = false;
    this.begun = 0;
  }

  private pause(): void {
    if (this.isPaused) return;
    this.isPaused = true;
    this.operations.start({ kind: "sleep", id: `checkpoint ${++this.breaths}`, ms: 0 }, this);
  }

  /** The host has breathed. */
  completed(): void {
    this.isPaused = false;
    this.begun = 0;
    const waiting = this.waiting;
    this.waiting = [];
    for (const begin of waiting) this.enter(begin);
  }
}
