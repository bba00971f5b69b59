import { expect } from "vitest";
import { completedIn, count, executed, outputOf, statesOf, type ContractCase } from "./case.ts";

const BOOM = "boom: { type: flaky, config: { failures: 9 } }";
const booked = `
      book: { type: echo, config: { value: booked } }
      unbook: { type: echo, config: { value: "un{{ book.value }}" } }
      pay: { type: echo, config: { value: paid } }
      refund: { type: echo, config: { value: "not {{ pay.value }}" } }`;

/** What happens when a run fails for good or is cancelled. */
export const RECOVERY_CASES: readonly ContractCase[] = [
  {
    name: "completed steps are undone when a later one fails for good, the last one first; then the run fails",
    nodes: `${booked}\n      ${BOOM}`,
    edges: "start -> book, book -> pay, pay -> boom, book.undo -> unbook, pay.undo -> refund",
    check(result) {
      expect(result.end).toMatchObject({
        type: "run.failed",
        node: "boom",
        path: "boom",
        error: { code: "model.unreachable" },
      });
      expect(result.end).toMatchObject({ error: { message: expect.stringContaining("“boom”") } });
      expect(completedIn(result)).toEqual(["start", "book", "pay", "refund", "unbook"]);
      expect(outputOf(result, "unbook")).toMatchObject({ value: "unbooked" });
      expect(count(result, "run.recovering")).toBe(1);
    },
  },
  {
    name: "what undoes a step isn’t run when all goes well",
    nodes: booked,
    edges: "start -> book, book -> pay, book.undo -> unbook, pay.undo -> refund",
    check(result) {
      expect(result.end.type).toBe("run.completed");
      expect(statesOf(result)).toEqual({ start: "completed", book: "completed", pay: "completed" });
    },
  },
  {
    name: "an undo that fails is told, and the others still run",
    nodes: `${booked}
      broken: { type: flaky, config: { failures: 9 } }
      ${BOOM}`,
    edges: "start -> book, book -> pay, pay -> boom, book.undo -> unbook, pay.undo -> broken, broken -> refund",
    check(result) {
      expect(result.end).toMatchObject({ type: "run.failed", node: "boom" });
      expect(statesOf(result)).toMatchObject({ broken: "failed", unbook: "completed" });
      expect(executed(result, "refund")).toEqual([]);
    },
  },
  {
    name: "steps of rounds and of flows within are undone too, each with its own values",
    nodes: `
      each: { type: rounds, config: { items: "['x', 'y']", concurrency: 1 }, body: {
        nodes: { take: { type: echo, config: { value: "{{ item }}" } }, put_back: { type: echo, config: { value: "back {{ take.value }} {{ start.value }}" } } },
        edges: [take.undo -> put_back] } }
      c: { type: call, config: { flow: inner, input: deep } }
      ${BOOM}`,
    edges: "start -> each, each -> c, c -> boom",
    flows: {
      inner: {
        nodes: `
          open: { type: echo, config: { value: "{{ start.value }}" } }
          shut: { type: echo, config: { value: "shut {{ open.value }}" } }`,
        edges: "start -> open, open.undo -> shut",
      },
    },
    check(result) {
      expect(completedIn(result).slice(-3)).toEqual(["c/shut", "each[1]/put_back", "each[0]/put_back"]);
      expect(outputOf(result, "each[1]/put_back")).toMatchObject({ value: "back y in" });
      expect(outputOf(result, "c/shut")).toMatchObject({ value: "shut deep" });
    },
  },
  {
    name: "a flow within that fails is undone at once; what the rest of the run did stays",
    nodes: `
      book: { type: echo }
      unbook: { type: echo }
      c: { type: call, config: { flow: inner } }
      on: { type: echo }`,
    edges: "start -> book, book.undo -> unbook, book -> c, c.error -> on",
    flows: {
      inner: {
        nodes: `
          open: { type: echo }
          shut: { type: echo }
          ${BOOM}`,
        edges: "start -> open, open.undo -> shut, open -> boom",
      },
    },
    check(result) {
      expect(result.end.type).toBe("run.completed");
      expect(statesOf(result)).toMatchObject({ "c/shut": "completed", on: "completed" });
      expect(executed(result, "unbook")).toEqual([]);
    },
  },
  {
    name: "the error handler gets the failure; when it answers, the run succeeds with that",
    nodes: `
      a: { type: speak, config: { text: "half" } }
      ${BOOM}
      end: { type: reply, config: { text: "{{ a.text }} {{ boom.text }}" } }
      saved: { type: rescue }
      note: { type: echo, config: { value: "{{ saved.code }} at {{ saved.path }} after {{ a.text }}" } }
      sorry: { type: reply, config: { text: "Sorry: {{ note.value }}" } }`,
    edges: "start -> a, a -> boom, boom -> end, saved -> note, note -> sorry",
    check(result) {
      expect(result.end).toMatchObject({
        type: "run.completed",
        output: { text: "Sorry: model.unreachable at boom after half" },
      });
      expect(count(result, "run.recovering")).toBe(1);
    },
  },
  {
    name: "an error handler without an answer, or one that fails, leaves the first error; steps are undone before it",
    nodes: `
      book: { type: echo }
      unbook: { type: echo }
      ${BOOM}
      saved: { type: rescue }
      note: { type: echo }
      worse: { type: flaky, config: { failures: 9, retryable: false } }`,
    edges: "start -> book, book.undo -> unbook, book -> boom, saved -> note, note -> worse",
    check(result) {
      expect(result.end).toMatchObject({ type: "run.failed", node: "boom" });
      expect(completedIn(result)).toEqual(["start", "book", "unbook", "saved", "note"]);
    },
  },
  {
    name: "a cancelled run undoes what was done, and its error handler isn’t asked",
    nodes: `
      book: { type: echo }
      unbook: { type: echo }
      wait: { type: hang }
      saved: { type: rescue }
      sorry: { type: reply, config: { text: no } }`,
    edges: "start -> book, book.undo -> unbook, book -> wait, saved -> sorry",
    cancelAt: { type: "step.started", path: "wait" },
    check(result) {
      expect(result.end.type).toBe("run.cancelled");
      expect(executed(result, "unbook")).toEqual([1]);
      expect(statesOf(result)).toMatchObject({ unbook: "completed", wait: "skipped" });
      expect(count(result, "run.recovering")).toBe(1);
    },
  },
  {
    name: "tries again only after the errors that the policy names",
    nodes: `
      a: { type: flaky, retry: { times: 2, backoff: 1ms, on: ["model.*"] }, config: { failures: 1, retryable: false } }
      b: { type: flaky, retry: { times: 2, backoff: 1ms, on: ["http.*"] }, config: { failures: 1 } }`,
    edges: "start -> a, a -> b",
    check(result) {
      expect(executed(result, "a")).toEqual([1, 2]);
      expect(executed(result, "b")).toEqual([1]);
      expect(result.end).toMatchObject({ type: "run.failed", node: "b" });
    },
  },
];
