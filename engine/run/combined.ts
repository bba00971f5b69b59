import type { SerializedError } from "../lib/errors/error.ts";
import type { JsonValue } from "../lib/json.ts";
import type { Operation } from "../node/operation.ts";
import type { Activity } from "./run-context.ts";

/** How an operation ended; a failure inside a body or another flow with the step that it began at. */
export type Outcome =
  | { ok: true; value: JsonValue }
  | { ok: false; error: SerializedError; at?: { node: string; path: string } };

/** Begins an operation of a node; `ended` may be called before it returns. */
export type Perform = (operation: Operation, ended: (ended: Outcome) => void) => Activity;

/** Several operations at once: results in the order given, never in that of their ends. */
export class AllOf implements Activity {
  private readonly operation: Operation & { kind: "all" };
  private readonly perform: Perform;
  private readonly ended: (ended: Outcome) => void;
  private readonly results: Outcome[];
  private readonly active = new Map<number, Activity>();
  private next = 0;
  private open = 0;
  private over = 0;
  private isStarting = false;
  /** One failed and that counts: no further one begins. Since they begin in order, the first failure by position is always among those that did. */
  private isFailing = false;

  constructor(operation: Operation & { kind: "all" }, perform: Perform, ended: (ended: Outcome) => void) {
    this.operation = operation;
    this.perform = perform;
    this.ended = ended;
    this.results = [];
    if (operation.operations.length === 0) ended({ ok: true, value: [] });
    else this.startMore();
  }

  abandon(tell?: boolean): void {
    this.next = this.operation.operations.length;
    for (const activity of this.active.values()) activity.abandon(tell);
    this.active.clear();
  }

  /** One that ends at once makes room for the next without nesting. */
  private startMore(): void {
    if (this.isStarting) return;
    this.isStarting = true;
    const { operations, concurrency = Infinity } = this.operation;
    while (!this.isFailing && this.next < operations.length && this.open < concurrency) this.startOne(this.next++);
    this.isStarting = false;
    if (this.over === operations.length || (this.isFailing && this.open === 0)) this.ended(this.result());
  }

  private startOne(position: number): void {
    this.open++;
    let isOver = false;
    const activity = this.perform(this.operation.operations[position]!, (ended) => {
      isOver = true;
      this.open--;
      this.over++;
      this.results[position] = ended;
      this.isFailing ||= !ended.ok && !this.operation.settle;
      this.active.delete(position);
      this.startMore();
    });
    if (!isOver) this.active.set(position, activity);
  }

  private result(): Outcome {
    if (this.operation.settle) return { ok: true, value: this.results.map(withoutPlace) };
    // Those that never began have left gaps.
    const failed = this.results.find((one) => one && !one.ok);
    return failed ?? { ok: true, value: this.results.map((one) => (one.ok ? one.value : null)) };
  }
}

/** The first of several operations to end; the others are given up. */
export class RaceOf implements Activity {
  private readonly ended: (ended: Outcome) => void;
  private active: Activity[] = [];
  private isOver = false;

  constructor(operations: readonly Operation[], perform: Perform, ended: (ended: Outcome) => void) {
    this.ended = ended;
    for (const [index, operation] of operations.entries()) {
      if (this.isOver) return;
      const activity: Activity = perform(operation, (one) => this.finish(index, one));
      if (this.isOver) return;
      this.active[index] = activity;
    }
  }

  abandon(tell?: boolean): void {
    this.isOver = true;
    for (const activity of this.active) activity.abandon(tell);
    this.active = [];
  }

  private finish(index: number, one: Outcome): void {
    if (this.isOver) return;
    this.active = this.active.filter((_, position) => position !== index);
    this.abandon(true);
    this.ended(one.ok ? { ok: true, value: { index, value: one.value } } : one);
  }
}

const withoutPlace = (one: Outcome): JsonValue => (one.ok ? { ...one } : { ok: false, error: { ...one.error } });
