import { afterEach, describe, expect, it } from "vitest";
import { HeddleError } from "../lib/errors/error.ts";
import type { RunEvent } from "../run/events.ts";
import type { HostClient } from "./client/index.ts";
import { host, type HostRouter } from "./server/index.ts";

/** One connection under test. `drop` cuts it as a crash would; `reconnects` says whether the client then finds its way back. */
export interface TransportUnderTest {
  client: HostClient;
  drop(): void;
  close(): Promise<void>;
  reconnects: boolean;
}

/** What the router of the suite saw: how often a subscription's end reached the host. */
interface Seen {
  ended: Promise<void>;
  markEnded(): void;
}

function seen(): Seen {
  const { promise, resolve } = Promise.withResolvers<void>();
  return { ended: promise, markEnded: resolve };
}

const delta = (n: number): RunEvent => ({ type: "answer.delta", runId: "r", at: n, n, text: `token ${n}` });

/** Handlers with known behaviour behind real procedures of the contract. */
function testRouter(sight: Seen): HostRouter {
  return {
    flows: {
      read: host.flows.read.handler(({ input }) => {
        if (input.name === "crash") throw new TypeError("a bug");
        if (input.name === "missing") throw new HeddleError("not-found", { kind: "flow", name: "missing" });
        return { name: input.name, title: "T", path: "/", revision: "0", problems: 0, text: "x".repeat(5_000_000) };
      }),
      write: host.flows.write.handler(({ input }) => ({ revision: String(input.text.length) })),
    },
    runs: {
      events: host.runs.events.handler(async function* ({ input, signal }) {
        try {
          for (let n = 1; n <= 3; n++) yield delta(n);
          if (input.runId === "fails") throw new HeddleError("run.cancelled");
          if (input.runId === "endless") await new Promise((resolve) => signal?.addEventListener("abort", resolve));
        } finally {
          sight.markEnded();
        }
      }),
    },
  } as unknown as HostRouter;
}

async function failure(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    () => expect.unreachable("expected a failure"),
    (thrown: unknown) => thrown,
  );
}

/** The suite that every transport passes. */
export function transportContract(name: string, connect: (router: HostRouter) => Promise<TransportUnderTest>): void {
  describe(`${name} transport`, () => {
    let transport: TransportUnderTest;
    let sight: Seen;
    const start = async () => {
      sight = seen();
      transport = await connect(testRouter(sight));
      return transport.client;
    };
    afterEach(() => transport.close());

    it("answers requests, also many at once and out of order", async () => {
      const client = await start();
      const texts = ["a", "bb", "ccc"];
      const answers = await Promise.all(texts.map((text) => client.flows.write({ name: "f", text, base: "" })));
      expect(answers.map((answer) => answer.revision)).toEqual(["1", "2", "3"]);
    });

    it("carries several megabytes both ways", async () => {
      const client = await start();
      expect((await client.flows.read({ name: "big" })).text).toHaveLength(5_000_000);
      const { revision } = await client.flows.write({ name: "f", text: "y".repeat(5_000_000), base: "" });
      expect(revision).toBe("5000000");
    });

    it("brings an error across with its code, params and sentence", async () => {
      const client = await start();
      const error = await failure(client.flows.read({ name: "missing" }));
      expect(error).toBeInstanceOf(HeddleError);
      expect(error).toMatchObject({ code: "not-found", params: { kind: "flow", name: "missing" } });
      expect(String(error)).toContain("There is no flow named “missing”.");
    });

    it("reports a bug of the host as internal and a wrong request as invalid input, with its place", async () => {
      const client = await start();
      expect(await failure(client.flows.read({ name: "crash" }))).toMatchObject({ code: "internal" });
      const wrong = await failure(client.flows.read({ name: 7 as unknown as string }));
      expect(wrong).toMatchObject({ code: "input.invalid" });
      expect(String(wrong)).toContain("name");
    });

    it("streams events in order and ends", async () => {
      const client = await start();
      const texts: string[] = [];
      for await (const event of await client.runs.events({ runId: "short" }))
        if ("text" in event) texts.push(event.text);
      expect(texts).toEqual(["token 1", "token 2", "token 3"]);
    });

    it("brings an error in the middle of a stream across with its code", async () => {
      const client = await start();
      const events = await client.runs.events({ runId: "fails" });
      for (let n = 0; n < 3; n++) await events.next();
      expect(await failure(events.next())).toMatchObject({ code: "run.cancelled" });
    });

    it("tells the host when a subscriber leaves", async () => {
      const client = await start();
      const events = await client.runs.events({ runId: "endless" });
      await events.next();
      await events.return();
      await sight.ended;
    });

    it("tells the host when a subscriber aborts, and rejects with the caller's reason", async () => {
      const client = await start();
      const controller = new AbortController();
      const events = await client.runs.events({ runId: "endless" }, { signal: controller.signal });
      for (let n = 0; n < 3; n++) await events.next();
      const waiting = failure(events.next());
      controller.abort(new Error("enough"));
      expect(await waiting).toMatchObject({ message: "enough" });
      await sight.ended;
    });

    it("ends subscriptions at both ends when the connection drops", async () => {
      const client = await start();
      const events = await client.runs.events({ runId: "endless" });
      for (let n = 0; n < 3; n++) await events.next();
      const waiting = failure(events.next());
      transport.drop();
      expect(await waiting).toMatchObject({ code: "host.disconnected", retryable: true });
      await sight.ended;
      if (transport.reconnects) {
        expect(await client.flows.write({ name: "f", text: "again", base: "" })).toEqual({ revision: "5" });
      }
    });
  });
}
