import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";
import { HeddleError } from "../lib/errors/error.ts";
import { applyCommand } from "./apply.ts";
import type { FlowCommand } from "./commands.ts";
import { flowToJson } from "./meaning.ts";
import { readFlow } from "./read.ts";
import { anyCommand, anyFlow } from "./testing/arbitrary.ts";
import { testTypes } from "./testing/node-types.ts";
import { ORDERS } from "./testing/orders.ts";
import { TRIAGE } from "./testing/triage.ts";
import { freshText } from "./text/fresh.ts";
import { isSameFlow, rewriteFlow, writeFlow } from "./write.ts";

const apply = (text: string, command: FlowCommand): string => {
  const source = readFlow(text);
  return writeFlow(source, applyCommand(source.flow, command, testTypes).flow);
};

/** Lines that one text has and the other hasn't, in order. */
function difference(before: string, after: string): { gone: string[]; come: string[] } {
  const [old, now] = [before.split("\n"), after.split("\n")];
  return { gone: old.filter((line) => !now.includes(line)), come: now.filter((line) => !old.includes(line)) };
}

describe("writing a flow that nothing changed", () => {
  it.each([
    ["a file with comments and several styles", TRIAGE],
    ["bodies in bodies", ORDERS],
    ["Windows line ends", TRIAGE.replaceAll("\n", "\r\n")],
    ["JSON", JSON.stringify({ heddle: 1, name: "J", nodes: { start: { type: "start" } }, edges: [] }, null, 2)],
    ["no line break at the end", "heddle: 1\nname: X"],
    ["nothing at all", ""],
    ["something else than a flow", "- 1\n- 2\n"],
    ["broken YAML", "heddle: 1\nname: [x\nnodes: {"],
  ])("gives the same bytes: %s", (_, text) => {
    const source = readFlow(text);
    expect(writeFlow(source, source.flow)).toBe(text);
    expect(writeFlow(source, structuredClone(source.flow))).toBe(text);
  });
});

describe("writing one change", () => {
  it("moves a box by changing one line", () => {
    const after = apply(TRIAGE, { do: "node.move", positions: { triage: [300, 5] } });
    expect(difference(TRIAGE, after)).toEqual({ gone: ["  triage: [280, -10]"], come: ["  triage: [300, 5]"] });
  });

  it("adds a position at the end of the layout, written like the others", () => {
    const after = apply(TRIAGE, { do: "node.move", positions: { route: [1, 2] } });
    expect(after).toBe(`${TRIAGE}  route: [1, 2]\n`);
  });

  it("keeps quotes, comments and unknown keys of what it changes", () => {
    const after = apply(TRIAGE, { do: "node.configure", key: "agent", path: ["title"], value: "It's billing" });
    expect(difference(TRIAGE, after).come).toEqual(["    title: 'It''s billing'"]);
    const renamed = apply(TRIAGE, { do: "flow.describe", name: "Tickets: all", description: "Sorts a ticket." });
    expect(difference(TRIAGE, renamed).come).toEqual([`name: "Tickets: all"            # shown in lists`]);
  });

  it("writes into a block of text without touching its other lines", () => {
    const value = "A question about {{ triage.label }}:\n\n{{ start.message }}\nThanks!\n";
    const after = apply(TRIAGE, { do: "node.configure", key: "agent", path: ["config", "message"], value });
    expect(difference(TRIAGE, after)).toEqual({ gone: [], come: ["        Thanks!"] });
  });

  it("writes into braces in their style", () => {
    const after = apply(TRIAGE, {
      do: "node.configure",
      key: "triage",
      path: ["config", "labels", "sales"],
      value: "to buy",
    });
    expect(difference(TRIAGE, after).come).toEqual([
      "      labels: { billing: money and invoices, other: anything else, sales: to buy }",
    ]);
  });

  it("adds a node after the others, an edge and a binding at the end of their lists", () => {
    const after = apply(TRIAGE, {
      do: "batch",
      commands: [
        {
          do: "node.add",
          key: "note",
          node: { type: "write", title: "Write", config: { prompt: "Dear\n{{ start.customer }}" } },
          at: [5, 6],
        },
        { do: "edge.connect", edge: { from: "agent", port: "error", to: "note" } },
        { do: "binding.bind", binding: { from: "shop", to: "note", slot: "tools" } },
      ],
    });
    const node =
      "  note:\n    type: write\n    title: Write\n    config:\n      prompt: |-\n        Dear\n        {{ start.customer }}\n";
    expect(after).toBe(
      TRIAGE.replace('start.message) }}" }\n', `start.message) }}" }\n${node}`)
        .replace("  - agent -> reply\n", "  - agent -> reply\n  - agent.error -> note\n")
        .replace("  - shop -> agent.tools\n", "  - shop -> agent.tools\n  - shop -> note.tools\n")
        .replace("  agent: [560, 0]\n", "  agent: [560, 0]\n  note: [5, 6]\n"),
    );
  });

  it("renames a step where it stands, with every reference", () => {
    const after = apply(TRIAGE, { do: "node.rename", from: "triage", to: "topic" });
    expect(after).toBe(
      TRIAGE.replace("  triage:\n", "  topic:\n")
        .replaceAll("triage.label", "topic.label")
        .replace("start -> triage", "start -> topic")
        .replace("triage -> route", "topic -> route")
        .replace("triage: [280", "topic: [280"),
    );
  });

  it("keeps lines that it can't read, in their place", () => {
    const after = apply(TRIAGE, { do: "edge.disconnect", edge: { from: "triage", port: "out", to: "route" } });
    expect(difference(TRIAGE, after)).toEqual({ gone: ["  - triage -> route   # go on"], come: [] });
  });

  it("keeps a broken node when others change, and removes it on demand", () => {
    const text =
      "heddle: 1\nname: X\nnodes:\n  a: 5 # what?\n  b:\n    retry: always\n    config: [1]\n  c:\n    type: write\n";
    const after = apply(text, { do: "node.configure", key: "c", path: ["title"], value: "C" });
    expect(after).toBe(`${text}    title: C\n`);
    expect(apply(text, { do: "node.remove", key: "b" })).not.toContain("always");
    expect(apply(text, { do: "node.configure", key: "b", path: ["retry"], value: { times: 2 } })).toContain(
      "  b:\n    retry:\n      times: 2\n    config: [1]\n",
    );
  });

  it("makes the sections that a file doesn't have yet, in their usual order", () => {
    const after = apply("heddle: 1\nname: X\nlayout:\n  start: [0, 0]\n", {
      do: "batch",
      commands: [
        { do: "node.add", key: "start", node: { type: "start" }, at: [0, 0] },
        { do: "edge.connect", edge: { from: "start", port: "out", to: "start" } },
      ],
    });
    expect(after).toBe(
      "heddle: 1\nname: X\nnodes:\n  start:\n    type: start\nedges:\n  - start -> start\nlayout:\n  start: [0, 0]\n",
    );
  });

  it("writes JSON as JSON", () => {
    const text = JSON.stringify(
      { heddle: 1, name: "J", nodes: { start: { type: "start" } }, edges: [], layout: { start: [0, 0] } },
      null,
      2,
    );
    const after = apply(text, {
      do: "batch",
      commands: [
        { do: "node.add", key: "b", node: { type: "write", config: { prompt: "hi" } }, at: [1, 2] },
        { do: "edge.connect", edge: { from: "start", port: "out", to: "b" } },
      ],
    });
    expect(JSON.parse(after)).toEqual({
      heddle: 1,
      name: "J",
      nodes: { start: { type: "start" }, b: { type: "write", config: { prompt: "hi" } } },
      edges: ["start -> b"],
      layout: { start: [0, 0], b: [1, 2] },
    });
  });

  it("lays new entries of a JSON file out as it is laid out", () => {
    const text = JSON.stringify(
      { heddle: 1, name: "J", nodes: { a: { type: "write" } }, edges: ["a -> a"] },
      null,
      "\t",
    );
    const after = apply(text, { do: "node.add", key: "b", node: { type: "write", config: { prompt: "x" } } });
    expect(after).toBe(
      JSON.stringify(
        {
          heddle: 1,
          name: "J",
          nodes: { a: { type: "write" }, b: { type: "write", config: { prompt: "x" } } },
          edges: ["a -> a"],
        },
        null,
        "\t",
      ),
    );
  });

  it("keeps Windows line ends", () => {
    const after = apply(TRIAGE.replaceAll("\n", "\r\n"), {
      do: "node.add",
      key: "n",
      node: { type: "write", config: { prompt: "a\nb" } },
    });
    expect(after.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(readFlow(after).flow.nodes["n"]).toEqual({ type: "write", config: { prompt: "a\nb" } });
  });

  it("still writes what is meant where a part is shared by an anchor", () => {
    const text = "heddle: 1\nname: X\nnodes:\n  a: &a { type: write, config: { prompt: hi } }\n  b: *a\n";
    const source = readFlow(text);
    const flow = applyCommand(source.flow, {
      do: "node.configure",
      key: "a",
      path: ["config", "prompt"],
      value: "ho",
    }).flow;
    const written = readFlow(writeFlow(source, flow)).flow;
    expect(written.nodes).toEqual({
      a: { type: "write", config: { prompt: "ho" } },
      b: { type: "write", config: { prompt: "hi" } },
    });
  });

  it.each(["heddle: 2\nname: New\n", "heddle: 1\nname: [\n"])("refuses to change %j", (text) => {
    const source = readFlow(text);
    expect(() => writeFlow(source, { ...source.flow, name: "Other" })).toThrow(HeddleError);
  });
});

describe("for any edits", { timeout: 60_000 }, () => {
  it("what is written reads back as the same flow, and undoing from the first text gives its bytes", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(TRIAGE, ORDERS, TRIAGE.replaceAll("\n", "\r\n"), ORDERS.replaceAll("\n", "\r\n")),
        fc.array(anyCommand, { maxLength: 8 }),
        (text, commands) => {
          const source = readFlow(text);
          let flow = source.flow;
          for (const command of commands) flow = attempt(flow, command);
          const written = rewriteFlow(source, flow);
          expect(isSameFlow(readFlow(written.text).flow, flow)).toBe(true);
          expect(writeFlow(source, source.flow)).toBe(text);
          expect(readFlow(writeFlow(written, source.flow)).flow).toEqual(source.flow);
        },
      ),
      { numRuns: 100 },
    );
  });

  it.each([
    ["a flow", TRIAGE, ["  - here is a line that says nothing\n", "owner: support team\n"]],
    ["a flow with bodies", ORDERS, []],
  ])("step by step, each from the text before, reads back and keeps what can't be read: %s", (_, text, kept) => {
    fc.assert(
      fc.property(fc.array(anyCommand, { maxLength: 8 }), (commands) => {
        let source = readFlow(text);
        for (const command of commands) {
          const flow = attempt(source.flow, command);
          source = readFlow(writeFlow(source, flow));
          expect(isSameFlow(source.flow, flow)).toBe(true);
        }
        for (const line of kept) expect(source.text).toContain(line);
      }),
      { numRuns: 100 },
    );
  });

  it("holds in every style of YAML, and without writing the file anew", () => {
    const style = fc.record({
      indent: fc.constantFrom(2, 4),
      indentSeq: fc.boolean(),
      collectionStyle: fc.constantFrom("any" as const, "block" as const, "flow" as const),
      singleQuote: fc.constantFrom(true, false),
      defaultStringType: fc.constantFrom("PLAIN" as const, "QUOTE_DOUBLE" as const, "BLOCK_FOLDED" as const),
      lineWidth: fc.constantFrom(0, 40, 80),
    });
    fc.assert(
      fc.property(anyFlow, style, anyCommand, (flow, options, command) => {
        const text = `# first\n${stringify(flowToJson(flow), { ...options, defaultKeyType: "PLAIN" })}# last\n`;
        const source = readFlow(text);
        fc.pre(source.document.problems.length === 0);
        const after = attempt(source.flow, command);
        const written = rewriteFlow(source, after);
        expect(isSameFlow(written.flow, after)).toBe(true);
        expect(written.text.startsWith("# first\n") && written.text.endsWith("# last\n")).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it("a new file reads back as the flow it was written from", () => {
    fc.assert(
      fc.property(anyFlow, (flow) => {
        expect(isSameFlow(readFlow(freshText(flow)).flow, flow)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });

  function attempt(flow: ReturnType<typeof readFlow>["flow"], command: FlowCommand) {
    try {
      return applyCommand(flow, command, testTypes).flow;
    } catch (thrown) {
      if (thrown instanceof HeddleError) return flow;
      throw thrown;
    }
  }
});
