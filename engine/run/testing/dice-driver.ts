import type { Completion, Driver, DriverOperation, LiveText } from "../driver.ts";
import type { DurableEvent, RunEvent } from "../events.ts";

/** Completes one operation at a time, which one the dice say. */
export class DiceDriver implements Driver {
  readonly startedAt = 0;
  readonly told: RunEvent[] = [];
  private readonly waiting = new Map<string, DriverOperation>();
  private readonly dice: Iterator<number>;
  private at = 0;

  constructor(dice: Iterator<number>) {
    this.dice = dice;
  }

  start(operation: DriverOperation): void {
    if (this.waiting.has(operation.id)) throw new Error(`${operation.id} is started twice`);
    this.waiting.set(operation.id, operation);
  }

  async next(): Promise<Completion> {
    const operations = [...this.waiting.values()];
    const operation = operations[Number(this.dice.next().value) % operations.length]!;
    this.waiting.delete(operation.id);
    const at = ++this.at;
    if (operation.kind === "sleep") return { id: operation.id, at, result: { ok: true, value: null } };
    return { id: operation.id, at, result: await operation.run({ signal: new AbortController().signal }) };
  }

  abandon(id: string): void {
    this.waiting.delete(id);
  }

  finish(): void {
    if (this.waiting.size > 0) throw new Error(`${[...this.waiting.keys()].join(", ")} is still waited for`);
  }

  record(event: DurableEvent): void {
    this.told.push(event);
  }

  live(event: LiveText): void {
    this.told.push({ ...event, at: this.at });
  }
}
