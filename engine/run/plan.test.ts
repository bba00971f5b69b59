import { describe, expect, it } from "vitest";
import { readFlow, type Flow } from "../flow/index.ts";
import { formatMessage } from "../lib/errors/catalog.ts";
import { HeddleError } from "../lib/errors/error.ts";
import { createCatalog } from "../node/catalog.ts";
import { contractFlow } from "./driver-contract.ts";
import { collectFlows, planOrThrow, planRun } from "./plan.ts";
import { CONTRACT_NODES } from "./testing/nodes.ts";

const catalog = createCatalog(CONTRACT_NODES);
const planOf = (nodes: string, edges: string) => planOrThrow(contractFlow(nodes, edges), catalog);
const stepOf = (nodes: string, key: string) => planOf(nodes, `start -> ${key}`).steps.find((step) => step.key === key)!;

describe("a plan", () => {
  it("has the steps sorted by key, whatever the order of the file, and leaves remarks out", () => {
    const plan = planOf("b: { type: compute }\na: { type: compute }\nnote: { type: remark }", "start -> b, b -> a");
    expect(plan.steps.map((step) => step.key)).toEqual(["a", "b", "start"]);
    expect(plan.edges).toEqual([
      { from: 2, port: "out", to: 1 },
      { from: 1, port: "out", to: 0 },
    ]);
    expect(plan.steps.map((step) => step.entry)).toEqual([false, false, true]);
  });

  it("knows limits in milliseconds and the error of a time-out", () => {
    const step = stepOf("a: { type: echo, timeout: 2s, retry: { times: 3, backoff: 1m }, fallback: 7 }", "a");
    expect(step.retry).toMatchObject({ times: 3, backoffMs: 60_000, factor: 2 });
    expect(step.timeout).toMatchObject({
      ms: 2_000,
      error: { code: "run.timeout", params: { node: "a", timeout: "2s" } },
    });
    expect(step.fallback).toBe(7);
  });

  it("leaves by out where there is one, else by the first port", () => {
    expect(stepOf("a: { type: echo }", "a").defaultPort).toBe("out");
    expect(stepOf("a: { type: gate, config: { port: left, ports: [left, right] } }", "a").defaultPort).toBe("left");
  });

  it("renders a config's templates and shares what has none", () => {
    const { config } = stepOf(
      `a: { type: echo, config: { value: { deep: ["{{ start.value.n }}", "n={{ start.value.n }}"], as: is } } }`,
      "a",
    );
    expect(config({ start: { value: { n: 5 } } })).toEqual({ value: { deep: [5, "n=5"], as: "is" } });
    const plain = stepOf("a: { type: echo, config: { value: [1] } }", "a").config;
    expect(plain({})).toBe(plain({}));
  });

  it("is certain of an answer only where no way around it is left", () => {
    const gate = "g: { type: gate, config: { port: left, ports: [left, right] } }\nx: { type: reply }";
    const certain = (edges: string, more = "") =>
      planOf(`${gate}${more}`, edges).answers.map((answer) =>
        "rounds" in answer ? [] : answer.certainFrom.map((sure, index) => (sure ? index : -1)),
      );
    expect(certain("start -> g, g.left -> x")).toEqual([[-1, -1, 2]]);
    expect(certain("start -> g, g.left -> x, g.right -> x")).toEqual([[0, 1, 2]]);
    expect(certain("start -> g, start -> x")).toEqual([[-1, 1, 2]]);
  });

  it("tells every error with its node, and no warning", () => {
    const flow = contractFlow(
      `a: { type: echo, config: { value: "{{ b.value }}" } }\nlone: { type: compute }`,
      "start -> a",
    );
    const planning = planRun(flow, catalog);
    expect(planning.ok).toBe(false);
    if (planning.ok) return;
    expect(planning.problems.every((problem) => problem.severity === "error")).toBe(true);
    expect(planning.problems.map((problem) => problem.node)).toEqual(["a"]);
    expect(() => planOrThrow(flow, catalog)).toThrow(/“contract” can’t run yet \(1 to fix\)\. First: “a”: /);
  });

  it("says in each language what keeps it from running, and names the step once", () => {
    const refused = (text: string): HeddleError => {
      try {
        planOrThrow(readFlow(`heddle: 1\nname: x\nnodes:\n  start: { type: begin }\n${text}`).flow, catalog);
      } catch (thrown) {
        return HeddleError.from(thrown);
      }
      throw new Error("It can run.");
    };
    const said = ({ code, params }: HeddleError) => formatMessage("zh", code, params);
    const unknown = refused("  a: { type: nonsense }\nedges: [start -> a]\n");
    expect(said(unknown)).toContain("首先：没有名为“nonsense”的步骤类型。步骤“a”");
    const nobody = refused("  a: { type: echo, config: { value: '{{ b.value }}' } }\nedges: [start -> a]\n");
    expect(said(nobody)).toMatch(/首先：“a”：“b\.value”引用了/);
  });

  it("refuses a flow of unknown node types without failing", () => {
    const { flow } = readFlow(
      "heddle: 1\nname: x\nnodes:\n  start: { type: begin }\n  a: { type: nonsense }\nedges: [start -> a]\n",
    );
    expect(planRun(flow, catalog).ok).toBe(false);
  });

  it("tells what keeps the flows within from running, at the steps that run them", () => {
    const calls = (name: string) => contractFlow(`c: { type: call, config: { flow: ${name} } }`, "start -> c");
    const broken = contractFlow(`a: { type: echo, config: { value: "{{ nobody.value }}" } }`, "start -> a");
    const problemsOf = (flow: Flow, flows: Record<string, Flow>) => {
      const planning = planRun(flow, catalog, { flows });
      return planning.ok ? [] : planning.problems.map(({ code, node }) => [code, node]);
    };
    expect(problemsOf(calls("a"), { a: calls("b"), b: contractFlow("x: { type: echo }", "start -> x") })).toEqual([]);
    expect(problemsOf(calls("a"), { a: broken })).toEqual([["run.not-runnable", "c"]]);
    expect(problemsOf(calls("a"), { a: calls("b"), b: broken })).toEqual([["run.not-runnable", "c"]]);
    expect(problemsOf(calls("gone"), {})).toEqual([["flow.unknown-flow", "c"]]);
    expect(problemsOf(calls("a"), { a: calls("a") })).toEqual([["run.not-runnable", "c"]]);
  });

  it("gathers the flows that a flow needs, and those that they need", async () => {
    const calls = (name: string) => contractFlow(`c: { type: call, config: { flow: ${name} } }`, "start -> c");
    const project: Record<string, Flow> = { b: calls("c"), c: calls("b"), other: calls("b") };
    const found = await collectFlows(calls("b"), catalog, async (name) => project[name]);
    expect(Object.keys(found).toSorted()).toEqual(["b", "c"]);
  });
});
