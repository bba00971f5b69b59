import type { Completion, Driver, DriverOperation } from "./driver.ts";

type Completed = (completion: Completion) => void;

/** The operations of a run that are under way, each with what shall happen when it completes. */
export class Operations {
  private readonly driver: Driver;
  private readonly open = new Map<string, Completed>();
  private readonly waits = new Set<string>();

  constructor(driver: Driver) {
    this.driver = driver;
  }

  /** Something is under way, and nothing of it but waits. */
  get areWaits(): boolean {
    return this.waits.size > 0 && this.waits.size === this.open.size;
  }

  start(operation: DriverOperation, completed: Completed): void {
    this.open.set(operation.id, completed);
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
    const completed = this.open.get(completion.id);
    if (!completed) return;
    this.open.delete(completion.id);
    if (this.waits.size > 0) this.waits.delete(completion.id);
    completed(completion);
  }
}
