import { describe, expect, test } from "vitest";
import { analyzeFlow, applyCommand, readFlow, writeFlow } from "../../engine/flow/index.ts";
import { createCatalog } from "../../engine/node/catalog.ts";
import { NODES } from "../index.ts";
import { runFlow } from "../testing/run-flow.ts";

const catalog = createCatalog(NODES);

const circle = (draft: string, layout = ""): string => `heddle: 1
name: Letter
nodes:
  start: { type: start, config: { fields: { topic: { type: string } } } }
  draft: { type: template, config: { text: "${draft}" } }
  review: { type: template, config: { text: "{{ draft.text }}!" } }
  ok: { type: condition, config: { cases: [{ id: good, when: "review.text.size() > 9" }] } }
  reply: { type: answer, config: { text: "{{ review.text }}" } }
edges:
  - start -> draft
  - draft -> review
  - review -> ok
  - ok.good -> reply
  - ok.else -> draft
${layout}`;

/** The text after “Make a loop of these steps”, and what is wrong with it then. */
function made(text: string) {
  const source = readFlow(text);
  const found = analyzeFlow(source, catalog).problems.find(({ code }) => code === "flow.cycle")!;
  expect(found.fixes[0]!.label).toBe("fix.make-loop");
  const { flow } = applyCommand(source.flow, found.fixes[0]!.command, catalog);
  const written = writeFlow(source, flow);
  return { text: written, flow, problems: analyzeFlow(readFlow(written), catalog).problems };
}

const INSIDE = `    body:
      nodes:
        draft:
          type: template
          config:
            text: '{{ start.topic }}{{ default(state.review.text, "") }}'
`;

describe("a loop made of a circle", () => {
  test("ends where the way back isn't taken, and hands on what was read over it", async () => {
    const { flow, problems, text } = made(circle("{{ start.topic }}{{ review.text }}"));
    expect(problems).toEqual([]);
    expect(flow.nodes["loop_step"]!.config).toEqual({
      limit: 1000,
      atLimit: "error",
      until: 'ok.case != "else"',
      state: { review: null },
      next: { review: "{{ review }}" },
    });
    expect(flow.nodes["reply"]!.config).toEqual({ text: "{{ loop_step.state.review.text }}" });
    expect(text).toContain(INSIDE);
    const { outcome } = await runFlow(text, { input: { topic: "ab" } });
    expect(outcome).toMatchObject({ state: "succeeded", output: { text: "abababab!!!!" } });
  });

  test("keeps a fallback that is there already", () => {
    const { flow, problems } = made(circle("{{ default(review.text, start.topic) }}"));
    expect(problems).toEqual([]);
    expect(flow.nodes["draft"]!.config).toEqual({ text: "{{ default(state.review.text, start.topic) }}" });
  });

  test("asks for its end where the step that leads back doesn't tell which way it takes", () => {
    const endless = circle("{{ start.topic }}").replace("ok.else -> draft", "review -> draft");
    const { flow, problems } = made(endless);
    expect(flow.nodes["loop_step"]!.config).not.toHaveProperty("times");
    expect(problems.map(({ code, node, field }) => [code, node, field])).toEqual([
      ["flow.config", "loop_step", "until"],
    ]);
  });

  test("stands clear of other steps; without positions it is laid out like any new step", () => {
    const { flow } = made(circle("x", "layout:\n  draft: [300, 40]\n  review: [600, 0]\n  reply: [800, 20]\n"));
    expect(flow.layout["loop_step"]).toEqual([300, 220]);
    expect([flow.layout["draft"], flow.layout["review"]]).toEqual([
      [0, 40],
      [300, 0],
    ]);
    expect(made(circle("x")).flow.layout).toEqual({});
  });

  test("isn't offered where the way on depends on how the circle is left", () => {
    const parting = circle("x")
      .replace("[{ id: good", '[{ id: bad, when: "false" }, { id: good')
      .replace("  - ok.else", "  - ok.bad -> refuse\n  - ok.else")
      .replace("  reply:", "  refuse: { type: stop, config: { message: No } }\n  reply:");
    const found = analyzeFlow(readFlow(parting), catalog).problems.find(({ code }) => code === "flow.cycle")!;
    expect(found.fixes.map(({ label }) => label)).toEqual(["fix.disconnect"]);
  });

  test("isn't offered for more steps than anyone means to repeat", () => {
    const keys = Array.from({ length: 501 }, (_, index) => `s${index}`);
    const ring = [
      "heddle: 1\nname: Ring\nnodes:\n  start: { type: start }",
      ...keys.map((key) => `  ${key}: { type: template, config: { text: x } }`),
      "edges:\n  - start -> s0",
      ...keys.map((key, index) => `  - ${key} -> ${keys[(index + 1) % keys.length]}`),
      "",
    ].join("\n");
    const found = analyzeFlow(readFlow(ring), catalog).problems.find(({ code }) => code === "flow.cycle")!;
    expect(found.fixes.map(({ label }) => label)).toEqual(["fix.disconnect"]);
  });

  test("ends where a step on the way back isn't run", async () => {
    const sometimes = circle("{{ start.topic }}{{ extra.text }}")
      .replace(
        "  reply:",
        "  extra: { type: template, config: { text: '{{ draft.text }}more' } }\n  sorry: { type: answer, config: { text: '{{ draft.error.message }}' } }\n  reply:",
      )
      .replace("  - ok.else -> draft", "  - ok.else -> extra\n  - extra -> draft\n  - draft.error -> sorry");
    const { flow, problems, text } = made(sometimes);
    expect(flow.nodes["loop_step"]!.config).toMatchObject({
      until: "!has(extra.text)",
      next: { review: "{{ review }}", extra: "{{ default(extra, state.extra) }}" },
    });
    expect(flow.nodes["sorry"]!.config).toEqual({ text: "{{ loop_step.error.message }}" });
    expect(flow.edges).toContainEqual({ from: "loop_step", port: "error", to: "sorry" });
    expect(problems).toEqual([]);
    const { outcome } = await runFlow(text, { input: { topic: "ab" } });
    expect(outcome).toMatchObject({ state: "succeeded", output: { text: "abababmoremore!" } });
  });
});
