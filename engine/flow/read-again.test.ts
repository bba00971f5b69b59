import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { analyzeFlow } from "./analyze.ts";
import { createAnalyzer } from "./analyzer.ts";
import { applyCommand } from "./apply.ts";
import type { FlowCommand } from "./commands.ts";
import { readFlow, type FlowSource } from "./read.ts";
import { anyCommand } from "./testing/arbitrary.ts";
import { testTypes } from "./testing/node-types.ts";
import { ORDERS } from "./testing/orders.ts";
import { TRIAGE } from "./testing/triage.ts";
import { writeFlow } from "./write.ts";

/** The same flow without the lines that nothing can be made of, so that nothing but what changes is a problem. */
const CLEAN = TRIAGE.replace("  - here is a line that says nothing\n", "").replace("owner: support team\n", "");
const BODIES = ORDERS.replace("      owner: finance\n", "")
  .replace("        - what is this?\n", "")
  .replace("        - nobody -> nowhere\n", "");

/** What a source says, whatever it was made from. */
const told = ({ text, flow, problems, readOnly }: FlowSource) => ({ text, flow, problems, readOnly });

function expectSame(again: FlowSource, text: string): void {
  const anew = readFlow(text);
  expect(told(again)).toEqual(told(anew));
  expect(Object.keys(again.flow.nodes)).toEqual(Object.keys(anew.flow.nodes));
  expect(analyzeFlow(again, testTypes).problems).toEqual(analyzeFlow(anew, testTypes).problems);
}

describe("reading a text again after an edit", () => {
  it.each([
    ["a word of a node", CLEAN, "Billing agent", "Agent"],
    [
      "a node that gets longer",
      CLEAN,
      "{{ start.message }}\n    retry",
      "{{ start.message }}\n\n        Thanks\n    retry",
    ],
    ["the last node", CLEAN, "start.message) }}", "start.mesage) }}"],
    ["a position", CLEAN, "[280, -10]", "[281, -10]"],
    ["a node in a body", BODIES, "{{ item.id }} of", "{{ item.idd }} of"],
    ["an edge in a body", BODIES, "- retry_charge -> notify", "- charge -> notify"],
    ["a file with problems elsewhere", TRIAGE, "What is it about?", "About\n"],
    ["a key", CLEAN, "  agent:\n", "  agents:\n"],
    ["a new node", CLEAN, "  agent:\n", "  more: { type: write }\n  agent:\n"],
    ["a node that goes", CLEAN, "  shop: { type: server, title: Shop, config: { server: shop } }\n", ""],
    ["a syntax error", CLEAN, "'Billing agent'", "'Billing agent"],
    ["a bracket that isn't closed", CLEAN, "{ type: string }\n", "{ type: string \n"],
    ["the name", CLEAN, "name: Triage", "name: Triage 2"],
    ["a node that is less indented", CLEAN, "    title: 'Billing", "title: 'Billing"],
    ["an anchor", CLEAN, "title: 'Billing", "title: &x 'Billing"],
    ["a type that is missing", CLEAN, "    type: agent\n", ""],
    ["a setting that stands twice", CLEAN, "    type: agent\n", "    type: agent\n    type: agent\n"],
  ])("gives what reading it anew gives: %s", (_, text, part, replacement) => {
    expect(text).toContain(part);
    const edited = text.replace(part, replacement);
    expectSame(readFlow(edited, readFlow(text)), edited);
    expectSame(readFlow(text, readFlow(edited)), text);
  });

  it("keeps what didn't change the same object", () => {
    const before = readFlow(CLEAN);
    const after = readFlow(CLEAN.replace("Billing agent", "Agent"), before);
    expect(after.flow.nodes["agent"]).not.toBe(before.flow.nodes["agent"]);
    expect(after.flow.nodes["triage"]).toBe(before.flow.nodes["triage"]);
    expect(after.flow.edges).toBe(before.flow.edges);
    const inBody = readFlow(BODIES);
    const changed = readFlow(BODIES.replace("{{ item.id }} of", "of"), inBody);
    expect(changed.flow.nodes["reply"]).toBe(inBody.flow.nodes["reply"]);
  });

  it("gives the same after any edits of the text, one upon the other, and can be written", () => {
    const edit = fc.record({
      at: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat({ max: 12 }),
      insert: fc.oneof(
        fc.string({ maxLength: 6 }),
        fc.constantFrom(
          "\n",
          "  ",
          "\n  x: { type: write }\n",
          " # remark",
          "{{ a && b * 2 }}",
          '"',
          "[",
          "key: 1",
          "- a -> b\n",
        ),
      ),
    });
    fc.assert(
      fc.property(
        fc.constantFrom(CLEAN, BODIES),
        fc.array(edit, { minLength: 1, maxLength: 5 }),
        anyCommand,
        (text, edits, command) => {
          let source = readFlow(text);
          let current = text;
          for (const { at, length, insert } of edits) {
            const start = Math.floor(at * current.length);
            current = current.slice(0, start) + insert + current.slice(start + length);
            source = readFlow(current, source);
            expectSame(source, current);
          }
          const anew = readFlow(current);
          if (source.readOnly || source.document.problems.length > 0 || !source.document.root) return;
          let after = source.flow;
          try {
            after = applyCommand(source.flow, command, testTypes).flow;
          } catch {
            return;
          }
          expect(writeFlow(source, after)).toBe(writeFlow(anew, after));
        },
      ),
      { numRuns: 150 },
    );
  }, 60_000);
});

describe("analysing again after an edit", () => {
  it("gives what analysing anew gives, whatever was edited", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(CLEAN, BODIES),
        fc.array(anyCommand, { minLength: 1, maxLength: 8 }),
        (text, commands) => {
          const analyzer = createAnalyzer(testTypes);
          let { flow } = readFlow(text);
          analyzer.analyze({ flow, problems: [] });
          for (const command of commands) {
            try {
              flow = applyCommand(flow, command, testTypes).flow;
            } catch {
              continue;
            }
            expect(analyzer.analyze({ flow, problems: [] })).toEqual(analyzeFlow({ flow, problems: [] }, testTypes));
          }
        },
      ),
      { numRuns: 200 },
    );
  }, 60_000);

  it("tells of nodes that nothing happened to with the same objects", () => {
    const analyzer = createAnalyzer(testTypes);
    const before = readFlow(BODIES).flow;
    const first = analyzer.analyze({ flow: before, problems: [] });
    const edit: FlowCommand = { do: "node.configure", key: "charge", path: ["config", "prompt"], value: "x" };
    const second = analyzer.analyze({ flow: applyCommand(before, edit).flow, problems: [] });
    expect(second.nodes["charge"]).not.toBe(first.nodes["charge"]);
    for (const key of ["start", "reply", "notify", "second"]) expect(second.nodes[key]).toBe(first.nodes[key]);
  });
});
