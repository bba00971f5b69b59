import type { Completion, Driver, DriverOperation } from "./driver.ts";

/** What waits for the end of an operation. */
export interface Listener {
  completed(completion: Completion): void;
}

/** The operations of a run that are under way, each with what shall happen when it completes. */
export class Operations {
  private readonly driver: Driver;
  private readonly open = new Map<string, Listener>();
  private readonly waits = new Set<string>();

  constructor(driver: Driver) {
    this.driver = driver;
  }

  /** Something is under way, and nothing of it but waits. */
  get areWaits(): boolean {
    return this.waits.size > 0 && this.waits.size === this.open.size;
  }

  start(operation: DriverOperation, listener: Listener): void {
    this.open.set(operation.id, listener);
    if (operation.kind !== "run" && operation.wait) this.waits.add(operation.id);
    this.driver.start(operation);
  }

  abandon(id: string): void {
    if (!this.open.delete(id)) return;
    this.waits.delete(id);
    this.driver.abandon(id);
  }

  abandonAll(): void {
    for (const id of this.open.keys()) this.driver.abandon(id);
    this.open.clear();
    this.waits.clear();
  }

  deliver(completion: Completion): void {
    const listener = this.open.get(completion.id);
    if (!listener) return;
    this.open.delete(completion.id);
    if (this.waits.size > 0) this.waits.delete(completion.id);
    listener.completed(completion);
  }
}
