/** An error as it travels. Those of Heddle's catalogue have a code. */
export interface ErrorPacket {
  name: string;
  message: string;
  retryable?: boolean;
  /** A HeddleError as data. */
  known?: unknown;
}

/** What travels between a process and its maker, both ways. */
export type Packet =
  | { kind: "call"; id: number; method: string; args: readonly unknown[] }
  | { kind: "cancel"; id: number }
  | { kind: "done"; id: number; value: unknown }
  | { kind: "failed"; id: number; error: ErrorPacket };

/** A method of this side that the other may call. `signal` is aborted when the caller gives up. */
export type Handler = (args: readonly unknown[], signal: AbortSignal) => unknown;

/** What the other side threw. */
export class RemoteError extends Error {
  readonly retryable: boolean;
  /** Handed on where the error goes back to where it came from. */
  readonly known: unknown;

  constructor({ name, message, retryable, known }: ErrorPacket) {
    super(String(message));
    this.name = String(name);
    this.retryable = retryable === true;
    this.known = known;
  }
}

/** Calls in both directions over any port that carries packets. It depends on nothing, so that a process starts quickly. */
export class Channel {
  readonly #send: (packet: Packet) => void;
  readonly #handlers: Readonly<Record<string, Handler>>;
  readonly #revive: (error: ErrorPacket) => Error;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #serving = new Map<number, AbortController>();
  #last = 0;

  constructor(
    send: (packet: Packet) => void,
    handlers: Readonly<Record<string, Handler>>,
    revive: (error: ErrorPacket) => Error = remoteError,
  ) {
    this.#send = send;
    this.#handlers = handlers;
    this.#revive = revive;
  }

  /** Calls a method of the other side. An abort tells it to stop; what it then answers is what this returns or throws. */
  async call(method: string, args: readonly unknown[], signal?: AbortSignal): Promise<unknown> {
    const id = ++this.#last;
    const answer = Promise.withResolvers<unknown>();
    this.#waiting.set(id, answer);
    const cancel = () => this.#send({ kind: "cancel", id });
    signal?.addEventListener("abort", cancel, { once: true });
    try {
      this.#send({ kind: "call", id, method, args });
      return await answer.promise;
    } finally {
      this.#waiting.delete(id);
      signal?.removeEventListener("abort", cancel);
    }
  }

  /** Takes a packet that has come. One of a form that isn't known is dropped: the other side may be anybody's code. */
  receive(packet: unknown): void {
    if (!isPacket(packet)) return;
    switch (packet.kind) {
      case "call":
        void this.#serve(packet);
        return;
      case "cancel":
        this.#serving.get(packet.id)?.abort(new Error("the caller gave up"));
        return;
      case "done":
        this.#waiting.get(packet.id)?.resolve(packet.value);
        return;
      case "failed":
        this.#waiting.get(packet.id)?.reject(this.#revive(packet.error));
    }
  }

  /** Ends every call in both directions: the other side is gone. */
  close(reason: Error): void {
    for (const { reject } of this.#waiting.values()) reject(reason);
    for (const abort of this.#serving.values()) abort.abort(reason);
    this.#waiting.clear();
  }

  async #serve({ id, method, args }: Extract<Packet, { kind: "call" }>): Promise<void> {
    const abort = new AbortController();
    this.#serving.set(id, abort);
    try {
      const handler = Object.hasOwn(this.#handlers, method) ? this.#handlers[method] : undefined;
      if (!handler) throw new TypeError(`There is nothing named “${method}” to call`);
      this.#send({ kind: "done", id, value: await handler(Array.isArray(args) ? args : [], abort.signal) });
    } catch (error) {
      this.#send({ kind: "failed", id, error: flatten(error) });
    } finally {
      this.#serving.delete(id);
    }
  }
}

function isPacket(packet: unknown): packet is Packet {
  if (typeof packet !== "object" || packet === null) return false;
  return "kind" in packet && "id" in packet && typeof packet.id === "number";
}

function flatten(error: unknown): ErrorPacket {
  if (!(error instanceof Error)) return { name: "Error", message: String(error) };
  const { name, message } = error;
  const retryable = "retryable" in error && error.retryable === true;
  const known = knownFacts(error);
  return { name, message, ...(retryable && { retryable }), ...(known !== undefined && { known }) };
}

function knownFacts(error: Error): unknown {
  if (error instanceof RemoteError) return error.known;
  return "toJSON" in error && typeof error.toJSON === "function" ? error.toJSON() : undefined;
}

/** An error of the other side as one of this side. */
export const remoteError = (error: ErrorPacket): RemoteError => new RemoteError(error);
