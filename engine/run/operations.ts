import type { Completion, Driver, DriverOperation } from "./driver.ts";

/** The operations of a run that are under way, each with what shall happen when it completes. */
export class Operations {
  private readonly driver: Driver;
  private readonly waiting = new Map<string, (completion: Completion) => void>();

  constructor(driver: Driver) {
    this.driver = driver;
  }

  get areDone(): boolean {
    return this.waiting.size === 0;
  }

  start(operation: DriverOperation, completed: (completion: Completion) => void): void {
    this.waiting.set(operation.id, completed);
    this.driver.start(operation);
  }

  abandon(id: string): void {
    if (this.waiting.delete(id)) this.driver.abandon(id);
  }

  abandonAll(): void {
    for (const id of this.waiting.keys()) this.driver.abandon(id);
    this.waiting.clear();
  }

  deliver(completion: Completion): void {
    const completed = this.waiting.get(completion.id);
    if (!completed) return;
    this.waiting.delete(completion.id);
    completed(completion);
  }
}
