import type { JsonValue } from "../../lib/json.ts";
import type {
  Cancellation,
  Completion,
  Driver,
  DriverOperation,
  LargeValue,
  LiveText,
  OperationResult,
} from "../driver.ts";
import type { DurableEvent, RunEvent } from "../events.ts";

export interface DiceOptions {
  /** What is sent to a run's waits. */
  answer?(operation: DriverOperation & { kind: "signal" }): JsonValue;
  /** Cancels the run instead of telling its completion with this number, from 1. */
  cancelAt?: number;
  /** Where large values go. */
  hold?(value: JsonValue): LargeValue | undefined;
}

/** Completes one operation at a time, which one the dice say. */
export class DiceDriver implements Driver {
  readonly startedAt = 0;
  readonly told: RunEvent[] = [];
  completions = 0;
  private readonly waiting = new Map<string, DriverOperation>();
  private readonly started = new Set<string>();
  private readonly dice: Iterator<number>;
  private readonly options: DiceOptions;
  private at = 0;

  constructor(dice: Iterator<number>, options: DiceOptions = {}) {
    this.dice = dice;
    this.options = options;
  }

  start(operation: DriverOperation): void {
    if (this.started.has(operation.id)) throw new Error(`${operation.id} is started twice`);
    this.started.add(operation.id);
    this.waiting.set(operation.id, operation);
  }

  async next(): Promise<Completion | Cancellation> {
    const at = ++this.at;
    if (++this.completions === this.options.cancelAt) {
      this.waiting.clear();
      return { cancelled: true, at };
    }
    const operations = [...this.waiting.values()];
    const operation = operations[Number(this.dice.next().value) % operations.length];
    if (!operation) throw new Error("nothing is under way, and the run isn’t over");
    this.waiting.delete(operation.id);
    return { id: operation.id, at, result: await this.perform(operation) };
  }

  abandon(id: string): void {
    this.waiting.delete(id);
  }

  finish(): void {
    if (this.waiting.size > 0) throw new Error(`${[...this.waiting.keys()].join(", ")} is still waited for`);
  }

  hold(value: JsonValue): LargeValue | undefined {
    return this.options.hold?.(value);
  }

  record(event: DurableEvent): void {
    this.told.push(event);
  }

  live(event: LiveText): void {
    this.told.push({ ...event, at: this.at });
  }

  private async perform(operation: DriverOperation): Promise<OperationResult> {
    if (operation.kind === "run") return operation.run({ signal: new AbortController().signal });
    if (operation.kind === "sleep") return { ok: true, value: null };
    return { ok: true, value: this.options.answer?.(operation) ?? null };
  }
}
