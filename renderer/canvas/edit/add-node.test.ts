import { describe, expect, it } from "vitest";
import { applyCommand, readFlow, type Flow, type NodeAnalysis } from "../../../engine/flow/index.ts";
import type { NodeType } from "../../../engine/rpc/contract.ts";
import { addAtEnd, addNode, canInsert, fits, insertOnEdge, looseEnd, type Addable } from "./add-node.ts";

const flow: Flow = readFlow(`heddle: 1
name: T
nodes:
  start: { type: start }
  answer: { type: answer }
edges: [start -> answer]
layout: { start: [0, 0], answer: [320, 0] }
`).flow;

const words = (text: string) => ({ en: text, zh: text });
const shape = (more: Partial<NodeAnalysis>): NodeAnalysis => ({
  role: "step",
  hasInput: true,
  ports: [{ id: "out" }],
  slots: [],
  output: {},
  summary: words(""),
  locals: {},
  scope: [],
  uses: [],
  ...more,
});
const type = (name: string, role: NodeType["role"] = "step"): NodeType => ({
  type: name,
  version: 1,
  role,
  family: "logic",
  icon: "box",
  title: { en: `The ${name}`, zh: name },
  description: words(""),
  docs: words(""),
  config: {},
  initial: { a: 1 },
});
const step: Addable = { type: type("http-request"), shape: shape({}) };
const start: Addable = { type: type("start"), shape: shape({ hasInput: false }) };
const server: Addable = {
  type: type("mcp-server", "resource"),
  shape: shape({ role: "resource", ports: [], hasInput: false, provides: "tools" }),
};
const agent: Addable = {
  type: type("agent"),
  shape: shape({ slots: [{ slot: "tools", accepts: "tools", label: words("Tools") }] }),
};

describe("adding a step", () => {
  it("gives it a key of its own, no title, since it is called as its type is, and its first settings, on the grid", () => {
    const { key, command } = addNode(flow, step.type, { at: [13, 27] });
    expect(key).toBe("http_request");
    const added = applyCommand(flow, command).flow;
    expect(added.nodes["http_request"]).toEqual({ type: "http-request", config: { a: 1 } });
    expect(added.layout["http_request"]).toEqual([10, 30]);
  });

  it("joins it to the port that a wire was dragged from", () => {
    const end = looseEnd("start", "port:out", shape({}))!;
    const added = applyCommand(flow, addAtEnd(flow, step, end, { at: [0, 200] }).command).flow;
    expect(added.edges).toContainEqual({ from: "start", port: "out", to: "http_request" });
  });

  it("binds a resource to the slot that a wire was dragged from", () => {
    const end = looseEnd("answer", "slot:tools", agent.shape)!;
    expect(end.binding).toBe("tools");
    const { command } = addAtEnd(flow, server, end, { at: [0, 200] });
    expect(applyCommand(flow, command).flow.bindings).toEqual([{ from: "mcp_server", to: "answer", slot: "tools" }]);
  });

  it("puts it into an edge and moves what comes after aside", () => {
    const { command } = insertOnEdge(flow, step, flow.edges[0]!, { at: [200, 0] });
    const added = applyCommand(flow, command).flow;
    expect(added.edges).toEqual([
      { from: "start", port: "out", to: "http_request" },
      { from: "http_request", port: "out", to: "answer" },
    ]);
    expect(added.layout["http_request"]).toEqual([320, 0]);
    expect(added.layout["answer"]![0]).toBeGreaterThanOrEqual(320 + 240);
    expect(added.layout["start"]).toEqual([0, 0]);
  });
});

describe("what fits at the end of a wire", () => {
  it("offers steps that can be entered after a port, and only resources of the kind that a slot takes", () => {
    const after = looseEnd("start", "port:out", shape({}))!;
    expect([step, start, server].map((addable) => fits(addable, after))).toEqual([true, false, false]);
    const slot = looseEnd("answer", "slot:tools", agent.shape)!;
    expect([step, server].map((addable) => fits(addable, slot))).toEqual([false, true]);
    const lent = looseEnd("shop", "provides", server.shape)!;
    expect([step, agent].map((addable) => fits(addable, lent))).toEqual([false, true]);
  });

  it("puts only steps with a way in and a way out into an edge", () => {
    expect([step, start, server].map(({ shape: each }) => canInsert(each))).toEqual([true, false, false]);
  });
});
