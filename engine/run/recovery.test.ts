import { describe, expect, it } from "vitest";
import { contractFlow } from "./driver-contract.ts";
import { runFlow, type FlowRan } from "./testing/run-flow.ts";

const FLOW = contractFlow(
  `book: { type: echo }
unbook: { type: echo }
each: { type: rounds, config: { items: "[1, 2, 3]", concurrency: 2 }, body: {
  nodes: { take: { type: echo }, put_back: { type: echo }, more: { type: echo } }, edges: [take -> more, take.undo -> put_back] } }
c: { type: call, config: { flow: inner } }
boom: { type: flaky, config: { failures: 9 } }
saved: { type: rescue }
say: { type: echo }
sorry: { type: reply, config: { text: sorry } }`,
  "start -> book, book -> each, each -> c, c -> boom, book.undo -> unbook, saved -> say, say -> sorry",
);
const flows = {
  inner: contractFlow(
    "open: { type: echo }\nshut: { type: echo }\nwork: { type: echo }",
    "start -> open, open -> work, open.undo -> shut",
  ),
};
const UNDO: Record<string, string> = { book: "unbook", take: "put_back", open: "shut" };

/** The steps that completed and what undid them, by path; an undo that was begun twice counts once. */
function undone({ events }: FlowRan) {
  const completed = events.flatMap((event) => (event.type === "step.completed" ? [event.path] : []));
  const expected = completed.flatMap((path) => {
    const key = path.split("/").at(-1)!;
    return UNDO[key] ? [path.slice(0, path.length - key.length) + UNDO[key]] : [];
  });
  const undos = completed
    .map((path) => path.replace(/again \d+\//, ""))
    .filter((path) => /(unbook|put_back|shut)$/.test(path));
  return { expected: expected.toReversed(), undos };
}

describe("a run that fails for good", () => {
  it("undoes everything that completed, the last first, and succeeds with its handler's answer", async () => {
    const ran = await runFlow(FLOW, { flows });
    const { expected, undos } = undone(ran);
    expect(undos).toEqual(expected);
    expect(undos).toHaveLength(5);
    expect(ran.outcome).toMatchObject({ state: "succeeded", output: { text: "sorry" } });
    expect(ran.view.answer).toBe("sorry");
  });

  it("cancelled at any moment, also while it recovers, still undoes everything that completed", async () => {
    const { completions } = await runFlow(FLOW, { flows });
    for (let cancelAt = 1; cancelAt <= completions; cancelAt++) {
      const ran = await runFlow(FLOW, { flows, cancelAt });
      const { expected, undos } = undone(ran);
      expect([cancelAt, ran.outcome.state]).toEqual([cancelAt, "cancelled"]);
      expect([cancelAt, undos.toSorted()]).toEqual([cancelAt, expected.toSorted()]);
      expect(Object.values(ran.view.steps).filter(({ state }) => state === "running" || state === "waiting")).toEqual(
        [],
      );
    }
  });
});

it("says which step failed: the innermost, with its place and in words", async () => {
  const flow = contractFlow(
    `outer: { type: rounds, config: { items: "[1]" }, body: { nodes: {
  inner: { type: again, config: { while: "index < 5" }, body: { nodes: {
    which: { type: gate, config: { port: "{{ index == 2 ? 'bad' : 'good' }}", ports: [good, bad] } },
    boom: { type: flaky, config: { failures: 9 } } }, edges: [which.bad -> boom] } } } } }`,
    "start -> outer",
  );
  const { outcome } = await runFlow(flow);
  expect(outcome).toMatchObject({ state: "failed", node: "boom", path: "outer[0]/inner[2]/boom" });
  expect(outcome.state === "failed" && outcome.error.message).toMatch(
    /^“outer\[0\]\/inner\[2\]\/boom”: The model server/,
  );
});

it("says that a flow isn't there to be run", async () => {
  const { outcome } = await runFlow(contractFlow("c: { type: call, config: { flow: nowhere } }", "start -> c"));
  expect(outcome).toMatchObject({ state: "failed", node: "c", error: { code: "run.no-such-flow" } });
});
