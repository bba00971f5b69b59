import type { RunChanges } from "../../driver/turn-frame.ts";
import type { Database } from "../database.ts";
import type { OpenWait, OutsideEvent } from "../run-service.ts";
import type { JsonValue } from "../../lib/json.ts";
import type { Wait } from "../../node/operation.ts";
import { EventStore } from "./event-store.ts";
import { WaitStore, type Answered } from "./wait-store.ts";

/** What runs wait for, and what came for them: an answer is kept with its wait until the run has recorded it, so that none is lost. */
export class Mailbox {
  private readonly database: Database;
  private readonly waits: WaitStore;
  private readonly events: EventStore;
  private readonly listeners = new Set<() => void>();
  /** Waits that found their event when they began. */
  private matched = new Map<string, Answered>();

  constructor(database: Database) {
    this.database = database;
    this.waits = new WaitStore(database);
    this.events = new EventStore(database);
  }

  /** Takes over what a turn changed. Called in the transaction that brings the turn into the database. */
  change(run: number, { closed, opened, end }: RunChanges): void {
    for (const path of closed ?? []) this.waits.close(run, path);
    for (const wait of opened ?? []) {
      const isNew = this.waits.open(run, wait);
      if (!isNew || wait.wait.kind !== "event") continue;
      const value = this.events.take(wait.wait.event, wait.wait.key, Date.now());
      if (value !== undefined) this.keep({ run, path: wait.path, value });
    }
    if (end) this.waits.closeAll(run);
  }

  /** What found its event since the last call. */
  takeMatched(): Answered[] {
    const matched = [...this.matched.values()];
    this.matched = new Map();
    return matched;
  }

  /** False when nothing waits there, or it has its answer. */
  answer(answered: Answered): boolean {
    const isTaken = this.waits.answer(answered);
    if (isTaken) this.tell();
    return isTaken;
  }

  /** Gives an event to all who wait for it; keeps it where nobody does. Returns who gets it. */
  send(event: OutsideEvent): Answered[] {
    const given = this.database.guard((sql) => sql.transaction(() => this.hand(event)).immediate());
    if (given.length > 0) this.tell();
    return given;
  }

  answersFor(run: number): ReadonlyMap<string, JsonValue> {
    return this.waits.answersFor(run);
  }

  list(query: { kind?: Wait["kind"]; runId?: string }): OpenWait[] {
    return this.waits.list(query);
  }

  watch(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Waits may have changed. */
  tell(): void {
    for (const listener of this.listeners) listener();
  }

  private hand(event: OutsideEvent): Answered[] {
    if (!this.events.add(event, Date.now())) return [];
    const { payload: value } = event;
    const given = this.waits.waitingFor(event.event, event.key).map((place) => ({ ...place, value }));
    const taken = given.filter((answered) => this.waits.answer(answered));
    if (taken.length > 0) this.events.delivered();
    return taken;
  }

  private keep(answered: Answered): void {
    this.waits.answer(answered);
    this.matched.set(`${answered.run} ${answered.path}`, answered);
  }
}
