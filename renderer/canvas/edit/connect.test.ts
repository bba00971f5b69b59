import { describe, expect, it } from "vitest";
import { readFlow } from "../../../engine/flow/index.ts";
import { wireCommand, wireResult, type ShapeOf } from "./connect.ts";

const { flow } = readFlow(`heddle: 1
name: T
nodes:
  start: { type: start }
  agent: { type: agent }
  answer: { type: answer }
  shop: { type: mcp-server }
edges: [start -> agent, agent -> answer]
bindings: [shop -> agent.tools]
`);

const shapes: Record<string, ReturnType<ShapeOf>> = {
  agent: {
    role: "step",
    hasInput: true,
    ports: [{ id: "out" }],
    slots: [
      { slot: "tools", accepts: "tools", label: { en: "", zh: "" } },
      { slot: "facts", accepts: "knowledge", label: { en: "", zh: "" } },
    ],
  },
  shop: { role: "resource", hasInput: false, ports: [], slots: [], provides: "tools" },
};
const command = (source: string, sourceHandle: string, target: string, targetHandle: string) =>
  wireCommand(flow, (key) => shapes[key], { source, sourceHandle, target, targetHandle });

describe("a wire", () => {
  it("from a port to a step is an edge", () => {
    expect(command("start", "port:out", "answer", "in")).toEqual({
      do: "edge.connect",
      edge: { from: "start", port: "out", to: "answer" },
    });
    expect(command("agent", "port:error", "answer", "in")).toMatchObject({ edge: { port: "error" } });
  });

  it("from a resource to a slot that takes its kind is a binding", () => {
    expect(command("shop", "provides", "agent", "slot:facts")).toBeNull();
    const { flow: unbound } = readFlow(
      "heddle: 1\nname: T\nnodes: { agent: { type: agent }, shop: { type: mcp-server } }\n",
    );
    expect(
      wireCommand(unbound, (key) => shapes[key], {
        source: "shop",
        sourceHandle: "provides",
        target: "agent",
        targetHandle: "slot:tools",
      }),
    ).toEqual({ do: "binding.bind", binding: { from: "shop", to: "agent", slot: "tools" } });
  });

  it.each([
    ["makes a cycle", ["answer", "port:out", "start", "in"]],
    ["leads to itself", ["agent", "port:out", "agent", "in"]],
    ["is there already", ["start", "port:out", "agent", "in"]],
    ["is bound already", ["shop", "provides", "agent", "slot:tools"]],
    ["ends at the wrong kind of place", ["start", "port:out", "agent", "slot:tools"]],
    ["begins at nothing", ["start", "", "agent", "in"]],
  ] as const)("is refused when it %s", (_why, [source, sourceHandle, target, targetHandle]) => {
    expect(command(source, sourceHandle, target, targetHandle)).toBeNull();
  });
});

describe("a wire across a border", () => {
  const { flow: nested } = readFlow(`heddle: 1
name: T
nodes:
  start: { type: start }
  tools: { type: mcp-server }
  each: { type: each, body: { nodes: { ask: { type: agent }, inner: { type: mcp-server } } } }
  other: { type: agent }
`);
  const slot = { slot: "tools", accepts: "tools" as const, label: { en: "", zh: "" } };
  const step = { role: "step" as const, hasInput: true, ports: [{ id: "out" }], slots: [slot] };
  const resource = { role: "resource" as const, hasInput: false, ports: [], slots: [], provides: "tools" as const };
  const shape = (key: string) => (["tools", "inner"].includes(key) ? resource : { ...step, hasInput: key !== "start" });
  const result = (source: string, sourceHandle: string, target: string, targetHandle: string) =>
    wireResult(nested, shape, { source, sourceHandle, target, targetHandle });

  it.each([
    ["start", "port:out", "ask", "in", "border"],
    ["ask", "port:undo", "other", "in", "border"],
    ["inner", "provides", "other", "slot:tools", "bindBorder"],
    ["other", "port:out", "start", "in", "entry"],
  ])("is refused with its reason: %s.%s -> %s.%s", (source, out, target, into, reason) => {
    expect(result(source, out, target, into)).toBe(reason);
  });

  it("may bring in what is bound further out", () => {
    expect(result("tools", "provides", "ask", "slot:tools")).toMatchObject({ do: "binding.bind" });
  });
});
