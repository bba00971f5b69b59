import type { Told } from "./journal.ts";

/** What an earlier incarnation was told, told again in its order. Only one record is held at a time. */
export class Replay {
  private recorded: Iterator<Told> | undefined;

  constructor(recorded: Iterator<Told> | undefined) {
    this.recorded = recorded;
  }

  /** Undefined when all was told. */
  next(): Told | undefined {
    if (!this.recorded) return undefined;
    const next = this.recorded.next();
    if (!next.done) return next.value;
    this.recorded = undefined;
    return undefined;
  }
}
