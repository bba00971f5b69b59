import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HeddleError } from "../lib/errors/error.ts";
import { applyCommand } from "./apply.ts";
import { flowCommandSchema, type FlowCommand } from "./commands.ts";
import { readFlow } from "./read.ts";
import type { Flow } from "./schema.ts";
import { testTypes } from "./testing/node-types.ts";
import { anyCommand, anyFlow } from "./testing/arbitrary.ts";
import { ORDERS } from "./testing/orders.ts";
import { TRIAGE } from "./testing/triage.ts";
import { isSameFlow } from "./write.ts";

const triage = readFlow(TRIAGE).flow;
const apply = (command: FlowCommand, flow: Flow = triage): Flow => applyCommand(flow, command, testTypes).flow;

function isUndone(flow: Flow, command: FlowCommand): boolean {
  const { flow: after, inverse } = applyCommand(flow, command, testTypes);
  return isSameFlow(applyCommand(after, inverse, testTypes).flow, flow);
}

describe("commands", () => {
  it("leave the flow that they are applied to as it was, and share what they don't change", () => {
    const before = structuredClone(triage);
    const after = apply({ do: "node.configure", key: "triage", path: ["config", "text"], value: "new" });
    expect(triage).toEqual(before);
    expect(after.nodes["agent"]).toBe(triage.nodes["agent"]);
    expect(after.edges).toBe(triage.edges);
  });

  it("remove a node with its edges, bindings and position; undo puts all of it back in place", () => {
    const command: FlowCommand = { do: "node.remove", key: "agent" };
    const after = apply(command);
    expect(Object.keys(after.nodes)).not.toContain("agent");
    expect(after.edges.map((edge) => `${edge.from}>${edge.to}`)).toEqual([
      "start>triage",
      "triage>route",
      "route>reply",
    ]);
    expect(after.bindings).toEqual([]);
    expect(after.layout).not.toHaveProperty("agent");
    expect(isUndone(triage, command)).toBe(true);
  });

  it("rename a step in templates, expressions, edges, bindings and layout, as one edit", () => {
    const after = apply({ do: "node.rename", from: "triage", to: "topic" });
    expect(after.nodes["route"]!.config).toEqual({ cases: [{ id: "billing", when: 'topic.label == "billing"' }] });
    expect(after.nodes["agent"]!.config!["message"]).toContain("{{ topic.label }}");
    expect(JSON.stringify(after)).not.toMatch(/"triage"|triage\./);
    expect(Object.keys(after.nodes)).toEqual(
      Object.keys(triage.nodes).map((key) => (key === "triage" ? "topic" : key)),
    );
    expect(isUndone(triage, { do: "node.rename", from: "triage", to: "topic" })).toBe(true);
  });

  it("rename without the node types at hand finds the same references", () => {
    const command: FlowCommand = { do: "node.rename", from: "triage", to: "topic" };
    expect(applyCommand(triage, command).flow).toEqual(apply(command));
  });

  it("rename into a name that references waited for, and back again", () => {
    const flow = apply({
      do: "node.configure",
      key: "reply",
      path: ["config", "prompt"],
      value: "{{ topic.label }} {{ triage.label }}",
    });
    const command: FlowCommand = { do: "node.rename", from: "triage", to: "topic" };
    expect(apply(command, flow).nodes["reply"]!.config).toEqual({ prompt: "{{ topic.label }} {{ topic.label }}" });
    expect(isUndone(flow, command)).toBe(true);
  });

  it("put a deleted setting back among its siblings where it was", () => {
    const command: FlowCommand = { do: "node.configure", key: "triage", path: ["config", "labels", "billing"] };
    const { flow, inverse } = applyCommand(triage, command, testTypes);
    expect(flow.nodes["triage"]!.config!["labels"]).toEqual({ other: "anything else" });
    const back = apply(inverse, flow).nodes["triage"]!.config!["labels"]!;
    expect(Object.keys(back)).toEqual(["billing", "other"]);
  });

  it("make the objects on the way to a new setting; undo removes them", () => {
    const command: FlowCommand = { do: "node.configure", key: "start", path: ["config", "limits", "turns"], value: 3 };
    expect(apply(command).nodes["start"]!.config!["limits"]).toEqual({ turns: 3 });
    expect(isUndone(triage, command)).toBe(true);
  });

  it("move the edges of a port that got another name", () => {
    const after = apply({ do: "port.rename", key: "route", from: "billing", to: "bills" });
    expect(after.edges.map((edge) => edge.port)).toContain("bills");
    expect(after.edges.map((edge) => edge.port)).not.toContain("billing");
  });

  it("rename a field of a step's output in every reference", () => {
    const command: FlowCommand = { do: "field.rename", key: "start", from: "message", to: "text" };
    const after = apply(command);
    expect(after.nodes["triage"]!.config!["text"]).toBe("{{ start.text }}");
    expect(after.nodes["reply"]!.config!["prompt"]).toBe("{{ default(agent.text, start.text) }}");
    expect(isUndone(triage, command)).toBe(true);
  });

  it("connect and bind once only", () => {
    const edge = triage.edges[0]!;
    expect(apply({ do: "edge.connect", edge }).edges).toEqual(triage.edges);
    const binding = triage.bindings[0]!;
    expect(apply({ do: "binding.bind", binding }).bindings).toEqual(triage.bindings);
  });

  it.each<[string, FlowCommand, string]>([
    ["a key that is taken", { do: "node.add", key: "agent", node: { type: "write" } }, "flow.key-taken"],
    ["a new name that is taken", { do: "node.rename", from: "agent", to: "triage" }, "flow.key-taken"],
    ["a step that isn't there", { do: "node.remove", key: "nobody" }, "flow.no-such-node"],
    ["a built-in name of objects", { do: "node.remove", key: "constructor" }, "flow.no-such-node"],
  ])("refuse %s", (_, command, code) => {
    expect(() => apply(command)).toThrow(expect.objectContaining({ code }) as HeddleError);
  });

  it("travel as data: every command and every inverse passes its schema", () => {
    fc.assert(
      fc.property(anyCommand, (command) => {
        expect(flowCommandSchema.parse(command)).toEqual(command);
        const inverse = attempt(triage, command)?.inverse;
        if (inverse) expect(flowCommandSchema.safeParse(inverse).success).toBe(true);
      }),
    );
  });

  const start = fc.oneof(fc.constantFrom(triage, readFlow(ORDERS).flow), anyFlow);

  it("are undone by their inverses, whatever they are and in whatever order", { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(start, fc.array(anyCommand, { maxLength: 12 }), (before, commands) => {
        const inverses: FlowCommand[] = [];
        let flow = before;
        for (const command of commands) {
          const applied = attempt(flow, command);
          if (!applied) continue;
          expect(isSameFlow(applyCommand(applied.flow, applied.inverse, testTypes).flow, flow)).toBe(true);
          inverses.unshift(applied.inverse);
          flow = applied.flow;
        }
        const back = apply({ do: "batch", commands: inverses }, flow);
        expect(isSameFlow(back, before)).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  function attempt(flow: Flow, command: FlowCommand) {
    try {
      return applyCommand(flow, command, testTypes);
    } catch (thrown) {
      if (thrown instanceof HeddleError) return undefined;
      throw thrown;
    }
  }
});
