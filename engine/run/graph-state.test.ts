import { describe, expect, it } from "vitest";
import { createCatalog } from "../node/catalog.ts";
import { contractFlow } from "./driver-contract.ts";
import { decisionOf, GraphState, nodeOf } from "./graph-state.ts";
import { planOrThrow } from "./plan.ts";
import { CONTRACT_NODES } from "./testing/nodes.ts";

const catalog = createCatalog(CONTRACT_NODES);

/** A graph by its keys: decisions read `run a`, `skip b`. */
function graphOf(nodes: string, edges: string) {
  const plan = planOrThrow(contractFlow(nodes, edges), catalog);
  const graph = new GraphState(plan);
  const decided = () =>
    graph.queue
      .splice(0)
      .map((queued) => `${["run", "skip", "abandon"][decisionOf(queued)]} ${plan.steps[nodeOf(queued)]!.key}`)
      .toSorted();
  return {
    begin(): string[] {
      graph.begin();
      return decided();
    },
    complete(key: string, port = "out"): string[] {
      graph.complete(
        plan.steps.findIndex((step) => step.key === key),
        port,
      );
      return decided();
    },
  };
}

const compute = (...keys: string[]) => keys.map((key) => `${key}: { type: compute }`).join("\n");

describe("a graph's state", () => {
  it("runs a node when all that leads to it is over and something was taken", () => {
    const graph = graphOf(compute("a", "b", "c"), "start -> a, start -> b, a -> c, b -> c");
    expect(graph.begin()).toEqual(["run start"]);
    expect(graph.complete("start")).toEqual(["run a", "run b"]);
    expect(graph.complete("a")).toEqual([]);
    expect(graph.complete("b", "error")).toEqual(["run c"]);
  });

  it("skips what can't be reached any more, all the way down", () => {
    const graph = graphOf(compute("a", "b", "c"), "start.error -> a, a -> b, b -> c, start -> c");
    graph.begin();
    expect(graph.complete("start")).toEqual(["run c", "skip a", "skip b"]);
  });

  it("skips what nothing leads to", () => {
    expect(graphOf(compute("a", "b"), "a -> b").begin()).toEqual(["run start", "skip a", "skip b"]);
  });

  it("skips a join any that no edge was taken to", () => {
    const graph = graphOf(
      `${compute("a", "b")}\nj: { type: compute, join: any }`,
      "start -> a, start -> b, a.error -> j, b.error -> j",
    );
    graph.begin();
    graph.complete("start");
    expect(graph.complete("a")).toEqual([]);
    expect(graph.complete("b")).toEqual(["skip j"]);
  });

  it("at a join any abandons only what works for nothing else", () => {
    const nodes = `${compute("fast", "slow", "next", "shared", "side")}\nj: { type: compute, join: any }`;
    const graph = graphOf(
      nodes,
      "start -> fast, start -> slow, start -> shared, fast -> j, slow -> next, next -> j, shared -> j, shared -> side",
    );
    graph.begin();
    graph.complete("start");
    expect(graph.complete("fast")).toEqual(["abandon slow", "run j", "skip next"]);
    expect(graph.complete("shared")).toEqual(["run side"]);
    expect(graph.complete("j")).toEqual([]);
  });

  it("takes ten thousand skipped nodes in a row", () => {
    const keys = Array.from({ length: 10_000 }, (_, index) => `n${index}`);
    const edges = keys.map((key, index) => (index === 0 ? `start.error -> ${key}` : `n${index - 1} -> ${key}`));
    const steps = ["start", ...keys].map((key, index) => ({
      key,
      index,
      incoming: index === 0 ? [] : [index - 1],
      outgoing: index === keys.length ? [] : [index],
      entry: index === 0,
      joinsAny: false,
    }));
    const plan = {
      steps,
      edges: edges.map((_, index) => ({ from: index, port: index === 0 ? "error" : "out", to: index + 1 })),
    };
    const graph = new GraphState(plan);
    graph.begin();
    graph.complete(0, "out");
    expect(graph.queue).toHaveLength(10_001);
  });
});
