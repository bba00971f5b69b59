import type { JsonValue } from "../lib/json.ts";
import type { DriverOperation } from "../run/driver.ts";
import type { DurableEvent } from "../run/events.ts";
import type { OpenedWait, Turn } from "./journal.ts";

type Waiting = Exclude<DriverOperation, { kind: "run" }>;
type Announced = DurableEvent & { type: "step.waiting" };

/** What a run waits for: which waits began and ended since the last commit, and answers that came before they were asked for. */
export class Waits {
  private readonly answers: Map<string, JsonValue>;
  private readonly announced = new Map<string, Announced>();
  /** By operation: the path that people and answers know. */
  private readonly open = new Map<string, string>();
  private closed: string[] = [];

  constructor(answers?: ReadonlyMap<string, JsonValue>) {
    this.answers = new Map(answers);
  }

  /** The coordinator said that the wait of a step begins. */
  announce(event: Announced): void {
    this.announced.set(event.path, event);
  }

  /** The operation that waits at the path now; where none does yet, the answer is kept for it. */
  answer(path: string, value: JsonValue): string | undefined {
    for (const [id, waits] of this.open) if (waits === path) return id;
    this.answers.set(path, value);
    return undefined;
  }

  /** Takes the answer that came before it was asked for. */
  answered(path: string): JsonValue | undefined {
    const value = this.answers.get(path);
    this.answers.delete(path);
    return value;
  }

  /** The operation is over, as an earlier incarnation recorded. */
  forget(operation: DriverOperation): void {
    if (operation.kind !== "run" && this.announced.size > 0) this.announced.delete(pathOf(operation));
  }

  close(id: string): void {
    const path = this.open.get(id);
    if (path === undefined) return;
    this.open.delete(id);
    this.closed.push(path);
  }

  closeAll(): void {
    if (this.open.size === 0) return;
    this.closed.push(...this.open.values());
    this.open.clear();
  }

  /** What changed, given the operations that begin when this is recorded. */
  changes(
    starting: Iterable<{ operation: DriverOperation; since: number }>,
  ): Pick<Turn, "opened" | "closed"> | undefined {
    let opened: OpenedWait[] | undefined;
    for (const { operation, since } of starting) {
      if (operation.kind !== "run" && operation.wait) (opened ??= []).push(this.begin(operation, since));
    }
    if (!opened && this.closed.length === 0) return undefined;
    const { closed } = this;
    this.closed = [];
    return { ...(opened && { opened }), ...(closed.length > 0 && { closed }) };
  }

  private begin(operation: Waiting & { wait?: OpenedWait["wait"] }, since: number): OpenedWait {
    const path = pathOf(operation);
    const event = this.announced.get(path);
    this.announced.delete(path);
    this.open.set(operation.id, path);
    const until = event?.until ?? (operation.kind === "signal" ? operation.until : since + operation.ms);
    const node = event?.node ?? path.split(/[/[]/, 1)[0]!;
    const { id, wait } = operation;
    return { id, path, node, wait: wait!, since, ...(until !== undefined && { until }) };
  }
}

const pathOf = (operation: Waiting): string => (operation.kind === "signal" ? operation.path : operation.id);
