import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Flow } from "../flow/schema.ts";
import { debugSchema } from "./debug.ts";
import type { CaseResult, ContractCase } from "./testing/case.ts";
import { CONTRACT_CASES } from "./testing/cases.ts";
import { contractDocument } from "./testing/contract-document.ts";
import type { ContractHarness, ContractResult, ContractRun } from "./testing/harness.ts";
import { durableEventSchema, isFinal, runEventSchema, type DurableEvent, type RunEvent } from "./events.ts";
import { applyEvent, emptyRunView } from "./view.ts";

export type { ContractHarness, ContractResult, ContractRun } from "./testing/harness.ts";

/** How to reach a driver. */
export interface ContractSubject {
  /** Whether runs survive the end of their executor. */
  durable: boolean;
  /** False where an attempt ends only when all its steps did: cases that leave a step in flight, or hear one while it speaks, are left out. */
  interactive?: boolean;
  open(): Promise<ContractHarness>;
}

/** What every driver promises, as tests: called once for each. */
export function driverContract(name: string, { durable, interactive = true, open }: ContractSubject): void {
  const cases = CONTRACT_CASES.filter(
    ({ nodes, cancelAt, leavesInFlight }) =>
      interactive || !(cancelAt || leavesInFlight || nodes.includes("type: hang")),
  );
  describe(`${name}: driver contract`, { timeout: 120_000 }, () => {
    let harness: ContractHarness;
    beforeAll(async () => {
      harness = await open();
    });
    afterAll(() => harness?.dispose?.());
    const run = (request: Omit<ContractRun, "runId">) => harness.run({ ...request, runId: freshRunId(name) });

    describe.each(cases)("$name", (contractCase) => {
      it("runs", async () => check(contractCase, await run(requestOf(contractCase))));
      if (durable) crashTests(contractCase, run);
    });
    if (!interactive) return;
    streamingTests(run);
    cancellationTests(run);
  });
}

type Run = (request: Omit<ContractRun, "runId">) => Promise<ContractResult>;

let runs = 0;
const freshRunId = (name: string): string => `${name}-${++runs}`;

/** The flow of nodes and edges as a file would have it; `start` is always there. */
export function contractFlow(nodes: string, edges: string): Flow {
  const { flow, problems } = contractDocument(nodes, edges);
  expect(problems).toEqual([]);
  return flow;
}

function requestOf({ nodes, edges, input = "in", flows, ...more }: ContractCase): Omit<ContractRun, "runId"> {
  const { debug, answers, cancelAt } = more;
  const inner = Object.entries(flows ?? {}).map(
    ([name, used]) => [name, contractFlow(used.nodes, used.edges)] as const,
  );
  return {
    flow: contractFlow(nodes, edges),
    input,
    ...(flows && { flows: Object.fromEntries(inner) }),
    ...(debug && { debug: debugSchema.parse(debug) }),
    ...(answers && { answers }),
    ...(cancelAt && { cancelAt }),
  };
}

function check(contractCase: ContractCase, result: ContractResult): void {
  contractCase.check(sound(result));
}

/** What holds for every run: the events are well formed and gapless, each told once, and end with the run's end. */
function sound(result: ContractResult): CaseResult {
  const { events, told } = result;
  for (const event of told) runEventSchema.parse(event);
  for (const event of events) durableEventSchema.parse(event);
  expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
  expect(events[0]?.type).toBe("run.started");
  expect(events.filter(isFinal)).toHaveLength(1);
  expect(told.filter((event) => "seq" in event)).toEqual(events);
  const end = events.at(-1)!;
  if (!isFinal(end)) throw new Error(`the last event is ${end.type}`);
  const view = told.reduce(applyEvent, emptyRunView(end.runId));
  if (end.type === "run.completed") expect(view.answer).toBe(answerOf(end.output));
  return { ...result, view, end };
}

const answerOf = (output: unknown): string => (output as { text: string } | null)?.text ?? "";

function crashTests(contractCase: ContractCase, run: Run): void {
  it("comes to the same end after a crash at any step, without doing a recorded step again", async () => {
    const undisturbed = await run(requestOf(contractCase));
    for (let after = 1; after < undisturbed.completions; after++) {
      const crashed = await run({ ...requestOf(contractCase), crashAfter: [after] });
      check(contractCase, crashed);
      resumed(crashed);
      expect(shapeOf(crashed.events)).toEqual(shapeOf(undisturbed.events));
    }
  });

  it("comes to the same end when it starts anew after every step", async () => {
    const undisturbed = await run(requestOf(contractCase));
    const crashAfter = Array.from({ length: undisturbed.completions - 1 }, (_, index) => index + 1);
    const crashed = await run({ ...requestOf(contractCase), crashAfter });
    check(contractCase, crashed);
    resumed(crashed);
    expect(shapeOf(crashed.events)).toEqual(shapeOf(undisturbed.events));
  });
}

/** What was recorded at each crash stands unchanged in the end, and no step that was over then executed again. */
function resumed({ crashes, events, notes }: ContractResult): void {
  crashes.forEach((recorded, incarnation) => {
    expect(events.slice(0, recorded.length)).toEqual(recorded);
    const over = new Set(recorded.flatMap(ended));
    const later = notes.filter((note) => note.what === "executed" && note.incarnation > incarnation);
    expect(later.filter((note) => over.has(`${note.path}#${note.attempt}`))).toEqual([]);
  });
}

const ended = (event: DurableEvent): string[] =>
  event.type === "step.completed" || event.type === "step.failed" ? [`${event.path}#${event.attempt}`] : [];

/** Events without times, and without what depends on the order that branches happened to have. */
function shapeOf(events: readonly DurableEvent[]): string[] {
  return events
    .filter(({ type }) => type !== "run.waiting" && type !== "run.resumed")
    .map((event) =>
      JSON.stringify({
        ...event,
        seq: 0,
        at: 0,
        runId: "",
        until: 0,
        willRetryAt: 0,
        usage: null,
        output: plain(event),
      }),
    )
    .toSorted();
}

/** An output without what depends on the run's id. */
function plain(event: DurableEvent): unknown {
  if (event.type !== "step.completed" && event.type !== "run.completed") return null;
  return JSON.parse(JSON.stringify(event.output), (key, value: unknown) =>
    key === "seed" || key === "key" ? null : value,
  );
}

function streamingTests(run: Run): void {
  const streamed = `
      a: { type: speak, config: { text: one two three } }
      end: { type: reply, config: { text: "Say: {{ a.text }}!" } }`;

  it("streams the answer while its step still speaks", async () => {
    const { told, view } = sound(await run({ flow: contractFlow(streamed, "start -> a, a -> end"), input: null }));
    const completed = told.findIndex((event) => event.type === "step.completed" && event.path === "a");
    const early = told.slice(0, completed).reduce(applyEvent, emptyRunView(view.runId));
    expect(early.answer).toBe("Say: one two three");
    expect(deltasOf(told, "a")).toEqual(["one ", "two ", "three"]);
    expect(view.answer).toBe("Say: one two three!");
  });

  it("takes back what a failed try said", async () => {
    const nodes = `
      a: { type: flaky, retry: { times: 2, backoff: 1ms }, config: { failures: 1, says: try } }
      end: { type: reply, config: { text: "{{ a.text }}" } }`;
    const { told, view } = sound(await run({ flow: contractFlow(nodes, "start -> a, a -> end"), input: null }));
    expect(answersOver(told)).toContain("try1");
    expect(view.answer).toBe("try2");
  });

  it("says nothing of a text that must pass a condition first", async () => {
    const nodes = `
      a: { type: speak, config: { text: one two } }
      safe: { type: gate, config: { port: bad, ports: [good, bad] } }
      end: { type: reply, config: { text: "{{ a.text }}" } }
      sorry: { type: reply, config: { text: Sorry } }`;
    const flow = contractFlow(nodes, "start -> a, a -> safe, safe.good -> end, safe.bad -> sorry");
    const { told } = sound(await run({ flow, input: null }));
    expect(answersOver(told)).toEqual(["Sorry"]);
  });

  it("doesn't show an inner step's earlier words in the final answer", async () => {
    const nodes = `
      w: { type: work, config: { items: [x], text: all done } }
      end: { type: reply, config: { text: "{{ w.text }}" } }`;
    const { told, view } = sound(await run({ flow: contractFlow(nodes, "start -> w, w -> end"), input: null }));
    expect(answersOver(told)).toContain("thinking ");
    expect(view.answer).toBe("all done");
  });
}

const deltasOf = (told: readonly RunEvent[], path: string): string[] =>
  told.flatMap((event) => (event.type === "step.delta" && event.path === path ? [event.text] : []));

/** Every text that the answer had on its way. */
function answersOver(told: readonly RunEvent[]): string[] {
  let view = emptyRunView("");
  return told.flatMap((event) => {
    view = applyEvent(view, event);
    return event.type === "answer.delta" ? [view.answer] : [];
  });
}

function cancellationTests(run: Run): void {
  it("cancels a run: what is in flight is aborted and the run ends", async () => {
    const flow = contractFlow("a: { type: hang }\nb: { type: echo, config: { value: 1 } }", "start -> a, a -> b");
    const result = sound(await run({ flow, input: null, cancelAt: { type: "step.delta", path: "a" } }));
    expect(result.end.type).toBe("run.cancelled");
    expect(result.view.steps["b"]).toBeUndefined();
    expect(result.notes.map((note) => note.what)).toEqual(["executed", "aborted"]);
  });

  it("cancels a run that waits for its next try", async () => {
    const flow = contractFlow(
      "a: { type: flaky, retry: { times: 1, backoff: 1h }, config: { failures: 1 } }",
      "start -> a",
    );
    const result = sound(await run({ flow, input: null, cancelAt: { type: "step.failed", path: "a" } }));
    expect(result.end.type).toBe("run.cancelled");
    expect(result.notes).toHaveLength(1);
  });
}
