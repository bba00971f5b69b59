import { describe, expect, it } from "vitest";
import type { Flow } from "../flow/schema.ts";
import { createCatalog } from "../node/catalog.ts";
import { debugSchema, type GivenResult } from "./debug.ts";
import { contractFlow } from "./driver-contract.ts";
import { isDurable, type DurableEvent } from "./events.ts";
import { execute } from "./execute.ts";
import { planOrThrow } from "./plan.ts";
import { reusableResults } from "./reusable-results.ts";
import { DiceDriver } from "./testing/dice-driver.ts";
import { CONTRACT_NODES } from "./testing/nodes.ts";
import { probeServices } from "./testing/probe.ts";

const catalog = createCatalog(CONTRACT_NODES);

async function run(flow: Flow, given: Record<string, GivenResult> = {}, flows: Record<string, Flow> = {}) {
  const executed: string[] = [];
  const driver = new DiceDriver(first());
  const services = probeServices(({ what, path }) => what === "executed" && executed.push(path));
  const plan = planOrThrow(flow, catalog, { flows });
  const debug = debugSchema.parse({ given });
  const request = { runId: "r", flow: "f", revision: "1", input: "in", services, driver, debug };
  const outcome = await execute(plan, request);
  return { outcome, executed, events: driver.told.filter(isDurable) };
}

function changed(flow: Flow, key: string, config: NonNullable<Flow["nodes"][string]["config"]>): Flow {
  return { ...flow, nodes: { ...flow.nodes, [key]: { ...flow.nodes[key]!, config } } };
}

const echo = (key: string, value: string) => `${key}: { type: echo, config: { value: "${value}" } }`;
const chain = contractFlow(
  [echo("a", "A"), echo("b", "{{ a.value }}B"), echo("c", "{{ b.value }}C"), echo("beside", "x")].join("\n"),
  "start -> a, a -> b, b -> c, start -> beside",
);

describe("what of a recorded run stands in the next one", () => {
  it("is all that neither changed nor comes behind a change, and the run goes on from there", async () => {
    const { events } = await run(chain);
    const after = changed(chain, "b", { value: "{{ a.value }}b" });
    const given = reusableResults({ before: chain, after, events, catalog });
    expect(Object.keys(given).toSorted()).toEqual(["a", "beside"]);
    const again = await run(after, given);
    expect(again.executed.toSorted()).toEqual(["b", "c"]);
    expect(outputAt(again.events, "c")).toMatchObject({ value: "AbC" });
  });

  it("is all of it when nothing but titles and places changed", async () => {
    const { events } = await run(chain);
    const after: Flow = {
      ...chain,
      nodes: { ...chain.nodes, b: { ...chain.nodes["b"]!, title: "Bee" } },
      layout: { b: [1, 2] },
    };
    expect(Object.keys(reusableResults({ before: chain, after, events, catalog })).toSorted()).toEqual([
      "a",
      "b",
      "beside",
      "c",
    ]);
  });

  it("ends before the node to run from", async () => {
    const { events } = await run(chain);
    const given = reusableResults({ before: chain, after: chain, events, catalog, from: "c" });
    expect(Object.keys(given).toSorted()).toEqual(["a", "b", "beside"]);
  });

  it("counts a new edge as a change of the node that it leads to", async () => {
    const { events } = await run(chain);
    const after = { ...chain, edges: [...chain.edges, { from: "beside", port: "out", to: "c" }] };
    expect(Object.keys(reusableResults({ before: chain, after, events, catalog })).toSorted()).toEqual([
      "a",
      "b",
      "beside",
    ]);
  });

  it("has no readers of a variable that is set otherwise", async () => {
    const flow = contractFlow(
      `set: { type: put, config: { values: { n: 1 } } }\nother: { type: put, config: { values: { m: 1 } } }
${echo("reads", "{{ vars.n }}")}\n${echo("reads_m", "{{ vars.m }}")}`,
      "start -> set, set -> other, other -> reads, other -> reads_m",
    );
    const { events } = await run(flow);
    const loose = {
      ...flow,
      edges: flow.edges.filter(({ to }) => to !== "other").concat({ from: "start", port: "out", to: "other" }),
    };
    const after = changed(loose, "set", { values: { n: 2 } });
    const given = reusableResults({ before: loose, after, events, catalog });
    expect(Object.keys(given).toSorted()).toEqual(["other", "reads_m"]);
  });

  it("has no step that runs a flow which changed", async () => {
    const used = contractFlow(echo("i", "x"), "start -> i");
    const flow = contractFlow(`c: { type: call, config: { flow: used } }\n${echo("b", "y")}`, "start -> c, start -> b");
    const { events } = await run(flow, {}, { used });
    const spec = { before: flow, after: flow, events, catalog };
    expect(Object.keys(reusableResults(spec)).toSorted()).toEqual(["b", "c"]);
    expect(Object.keys(reusableResults({ ...spec, changedFlows: ["used"] }))).toEqual(["b"]);
  });

  it("keeps what a failed step left by its error port", async () => {
    const flow = contractFlow(
      `boom: { type: flaky, config: { failures: 9 } }\n${echo("b", "{{ boom.error.code }}")}\n${echo("c", "x")}`,
      "start -> boom, boom.error -> b, b -> c",
    );
    const { events } = await run(flow);
    const again = await run(flow, reusableResults({ before: flow, after: flow, events, catalog, from: "b" }));
    expect(again.executed).toEqual(["b", "c"]);
    expect(outputAt(again.events, "b")).toMatchObject({ value: "model.unreachable" });
  });
});

describe("containers", () => {
  const each = contractFlow(
    `each: { type: rounds, config: { items: "[1, 2]", collect: "{{ y.value }}" }, body: {
  nodes: { x: { type: echo, config: { value: "{{ item }}" } }, y: { type: echo, config: { value: "{{ x.value }}!" } } }, edges: [x -> y] } }
${echo("after", "{{ each.text }}")}`,
    "start -> each, each -> after",
  );

  it("are given as a whole when nothing in them changed", async () => {
    const { events } = await run(each);
    const after = changed(each, "after", { value: "{{ each.text }}." });
    const given = reusableResults({ before: each, after, events, catalog });
    expect(Object.keys(given)).toEqual(["each"]);
    expect((await run(after, given)).executed).toEqual(["after"]);
  });

  it("run again when something in them changed; untouched steps of rounds that begin alike stand", async () => {
    const { events } = await run(each);
    const after = changed(each, "y", { value: "{{ x.value }}?" });
    const given = reusableResults({ before: each, after, events, catalog });
    expect(Object.keys(given).toSorted()).toEqual(["each[0]/x", "each[1]/x"]);
    const again = await run(after, given);
    expect(again.executed.toSorted()).toEqual(["after", "each[0]/y", "each[1]/y"]);
    expect(outputAt(again.events, "after")).toMatchObject({ value: "1?,2?" });
  });

  it("run again with all their steps when the rounds may begin otherwise", async () => {
    const loop = contractFlow(
      `l: { type: again, config: { state: 1, while: "index < 3", next: "{{ y.value }}" }, body: {
  nodes: { x: { type: echo, config: { value: "{{ state }}x" } }, y: { type: echo, config: { value: "{{ x.value }}y" } } }, edges: [x -> y] } }`,
      "start -> l",
    );
    const { events } = await run(loop);
    const after = changed(loop, "y", { value: "{{ x.value }}z" });
    expect(reusableResults({ before: loop, after, events, catalog })).toEqual({});
    const items = changed(each, "each", { items: "[1, 3]", collect: "{{ y.value }}" });
    expect(reusableResults({ before: each, after: items, events: (await run(each)).events, catalog })).toEqual({});
  });

  it("that set variables are given step by step", async () => {
    const flow = contractFlow(
      `l: { type: again, config: { state: 1, while: "index < 2" }, body: { nodes: { s: { type: put, config: { values: { n: "{{ index }}" } } } } } }
${echo("b", "{{ vars.n }}")}`,
      "start -> l, l -> b",
    );
    const { events } = await run(flow);
    const given = reusableResults({ before: flow, after: flow, events, catalog, from: "b" });
    expect(Object.keys(given).toSorted()).toEqual(["l[0]/s", "l[1]/s"]);
    expect(outputAt((await run(flow, given)).events, "b")).toMatchObject({ value: 1 });
  });
});

describe("large outputs", () => {
  const [large] = [{ output: { digest: "ab", bytes: 1e6 } }];

  it("are given whole where they can be read, else not at all", async () => {
    const { events } = await run(chain);
    const shortened = events.map((event) =>
      event.type === "step.completed" && event.path === "a" ? { ...event, output: "{…", large } : event,
    );
    const spec = { before: chain, after: chain, events: shortened, catalog, from: "b" };
    expect(Object.keys(reusableResults(spec))).toEqual(["beside"]);
    expect(reusableResults({ ...spec, value: (digest) => ({ value: digest }) })["a"]).toMatchObject({
      output: { value: "ab" },
    });
  });
});

const outputAt = (events: readonly DurableEvent[], path: string) =>
  events.flatMap((event) => (event.type === "step.completed" && event.path === path ? [event.output] : [])).at(-1);

function* first(): Generator<number> {
  for (;;) yield 0;
}
