import type { DurableEvent, RunEvent } from "../run/events.ts";
import type { Journal, Told, Turn } from "./journal.ts";

interface TurnBufferOptions {
  publish(event: RunEvent): void;
  journal?: Journal;
}

/** So many records are written in between when a coordinator goes on without waiting, so that what is buffered stays small. */
const MOST_RECORDS = 1_000;

/** What a run was told and told itself since the last commit. Events go out when they are durable. */
export class TurnBuffer {
  private readonly journal: Journal | undefined;
  private readonly publish: (event: RunEvent) => void;
  private told: Told[] = [];
  private events: DurableEvent[] = [];
  private outbox: RunEvent[] = [];
  private held: string[] = [];

  constructor({ journal, publish }: TurnBufferOptions) {
    this.journal = journal;
    this.publish = publish;
  }

  tell(told: Told): void {
    if (!this.journal) return;
    this.told.push(told);
    this.limit();
  }

  /** Each event counts once: those that were recorded before are left out. */
  record(event: DurableEvent): void {
    if (!this.journal) return this.publish(event);
    if (event.seq <= this.journal.lastSeq) return;
    this.events.push(event);
    this.outbox.push(event);
    this.limit();
  }

  /** Live text stays behind the events that lead to it. */
  live(event: RunEvent): void {
    if (this.outbox.length > 0) this.outbox.push(event);
    else this.publish(event);
  }

  hold(digest: string): void {
    if (this.journal) this.held.push(digest);
  }

  commit(waits?: Pick<Turn, "opened" | "closed">): void {
    const { told, events, held, outbox } = this;
    if (told.length > 0 || events.length > 0 || waits) {
      this.journal?.append({ told, events, ...(held.length > 0 && { held }), ...waits });
      this.told = [];
      this.events = [];
      if (held.length > 0) this.held = [];
    }
    if (outbox.length === 0) return;
    this.outbox = [];
    for (const event of outbox) this.publish(event);
  }

  private limit(): void {
    if (this.told.length + this.events.length >= MOST_RECORDS) this.commit();
  }
}
