interface Waiting<Slot> {
  start(slot: Slot): void;
}

export interface SlotRequest<Slot> {
  /** Calls of one lane wait for each other; lanes take turns. */
  lane: string;
  signal: AbortSignal;
  /** Chooses among the free slots; not asked when only one came free. */
  pick(free: readonly Slot[]): Slot;
}

/**
 * Hands a limited number of slots to callers. Lanes take turns, so that a run with a hundred calls doesn't hold up a run with
 * one; within a lane the first to ask is the first to get.
 */
export class FairQueue<Slot> {
  readonly #free: Set<Slot>;
  /** In the order of their turns: a lane that was served goes to the end. */
  readonly #lanes = new Map<string, Waiting<Slot>[]>();

  constructor(slots: readonly Slot[]) {
    this.#free = new Set(slots);
  }

  /** @throws the signal's reason when it is aborted while waiting */
  async use<T>(request: SlotRequest<Slot>, work: (slot: Slot) => Promise<T>): Promise<T> {
    request.signal.throwIfAborted();
    const slot = this.#take(request) ?? (await this.#wait(request));
    try {
      return await work(slot);
    } finally {
      this.#release(slot);
    }
  }

  #take(request: SlotRequest<Slot>): Slot | undefined {
    if (this.#free.size === 0) return undefined;
    const slot = request.pick([...this.#free]);
    this.#free.delete(slot);
    return slot;
  }

  #wait({ lane, signal }: SlotRequest<Slot>): Promise<Slot> {
    return new Promise((resolve, reject) => {
      const waiting: Waiting<Slot> = {
        start(slot) {
          signal.removeEventListener("abort", leave);
          resolve(slot);
        },
      };
      const leave = () => {
        this.#remove(lane, waiting);
        reject(signal.reason as Error);
      };
      signal.addEventListener("abort", leave, { once: true });
      this.#lanes.set(lane, [...(this.#lanes.get(lane) ?? []), waiting]);
    });
  }

  #remove(lane: string, waiting: Waiting<Slot>): void {
    const rest = (this.#lanes.get(lane) ?? []).filter((other) => other !== waiting);
    if (rest.length > 0) this.#lanes.set(lane, rest);
    else this.#lanes.delete(lane);
  }

  #release(slot: Slot): void {
    const turn = this.#lanes.entries().next().value;
    if (turn === undefined) {
      this.#free.add(slot);
      return;
    }
    const [lane, [first, ...rest]] = turn;
    this.#lanes.delete(lane);
    if (rest.length > 0) this.#lanes.set(lane, rest);
    first!.start(slot);
  }
}
