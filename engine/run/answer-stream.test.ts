import { describe, expect, it } from "vitest";
import type { Flow } from "../flow/schema.ts";
import { contractFlow } from "./driver-contract.ts";
import { applyEvent, emptyRunView } from "./view.ts";
import { runFlow, type RunFlowOptions } from "./testing/run-flow.ts";

/** Every text that the answer had on its way, and the last one. */
async function answersOf(flow: Flow, options: RunFlowOptions = {}): Promise<string[]> {
  const { told, outcome } = await runFlow(flow, options);
  let view = emptyRunView("");
  const texts = told.flatMap((event) => {
    view = applyEvent(view, event);
    return event.type === "answer.delta" ? [view.answer] : [];
  });
  if (outcome.state === "succeeded")
    expect(texts.at(-1) ?? "").toBe((outcome.output as { text?: string } | null)?.text ?? "");
  return texts;
}

/** Of what is under way always the operation that was started last. */
function* last(): Generator<number> {
  for (;;) yield 999_999;
}

const speaking = (settings = "") =>
  contractFlow(
    `each: { type: rounds, config: { items: "['a', 'b', 'c']", concurrency: 3${settings} }, body: {
  nodes: { s: { type: speak, config: { text: "{{ item }} says so" } }, say: { type: reply, config: { text: "<{{ s.text }}>" } } },
  edges: [s -> say] } }`,
    "start -> each",
  );

describe("answers in rounds", () => {
  it("are told word by word, round after round", async () => {
    const texts = await answersOf(speaking());
    expect(texts.slice(0, 5)).toEqual(["<", "<a ", "<a says ", "<a says so", "<a says so>"]);
    expect(texts.at(-1)).toBe("<a says so>\n\n<b says so>\n\n<c says so>");
    for (const [index, text] of texts.entries()) expect(text.startsWith(texts[index - 1] ?? "")).toBe(true);
  });

  it("wait for the rounds before them, whichever speaks first", async () => {
    const texts = await answersOf(speaking(), { dice: last() });
    expect(texts[0]).toBe("<");
    expect(texts.every((text) => "<a says so>\n\n<b says so>\n\n<c says so>".startsWith(text))).toBe(true);
    // The first round ended last: what the others had said is told in one go.
    expect(texts.at(-1)).toBe("<a says so>\n\n<b says so>\n\n<c says so>");
  });

  it("are taken back when their round fails, and the next ones take their place", async () => {
    const flow = contractFlow(
      `each: { type: rounds, config: { items: "[1, 2]", settle: true, concurrency: 1 }, body: {
  nodes: {
    say: { type: reply, config: { text: "round {{ item }}" } },
    which: { type: gate, config: { port: "{{ item == 1 ? 'bad' : 'good' }}", ports: [good, bad] } },
    boom: { type: flaky, config: { failures: 9 } } },
  edges: [say -> which, which.bad -> boom] } }`,
      "start -> each",
    );
    expect(await answersOf(flow)).toEqual(["round 1", "", "round 2"]);
  });

  it("are taken back with the whole container when that fails", async () => {
    const flow = contractFlow(
      `each: { type: rounds, config: { items: "[1, 2]", concurrency: 1 }, body: {
  nodes: {
    say: { type: reply, config: { text: "round {{ item }}" } },
    which: { type: gate, config: { port: "{{ item == 2 ? 'bad' : 'good' }}", ports: [good, bad] } },
    boom: { type: flaky, config: { failures: 9 } } },
  edges: [say -> which, which.bad -> boom] } }
sorry: { type: reply, config: { text: "Sorry." } }`,
      "start -> each, each.error -> sorry",
    );
    const texts = await answersOf(flow);
    expect(texts).toContain("round 1\n\nround 2");
    expect(texts.at(-1)).toBe("Sorry.");
  });

  it("in bodies of bodies come in the order of both", async () => {
    const flow = contractFlow(
      `outer: { type: rounds, config: { items: "['a', 'b']" }, body: { nodes: {
  inner: { type: rounds, config: { items: "[1, 2]" }, body: { nodes: {
    s: { type: speak, config: { text: "{{ item }}!" } }, say: { type: reply, config: { text: "{{ s.text }}" } } }, edges: [s -> say] } } } } }
z: { type: reply, config: { text: "end" } }`,
      "start -> outer, outer -> z",
    );
    for (const dice of [undefined, last()]) {
      const texts = await answersOf(flow, { ...(dice && { dice }) });
      expect(texts.at(-1)).toBe("1!\n\n2!\n\n1!\n\n2!\n\nend");
    }
  });
});

describe("the answer of a flow within", () => {
  const inner = contractFlow(
    `s: { type: speak, config: { text: "{{ start.value }} and on" } }\nsay: { type: reply, config: { text: "({{ s.text }})" } }`,
    "start -> s, s -> say",
  );

  it("streams as the text of the step that runs it, and on into the answer around", async () => {
    const flow = contractFlow(
      `c: { type: call, config: { flow: inner, input: so } }\nend: { type: reply, config: { text: "[{{ c.text }}]" } }`,
      "start -> c, c -> end",
    );
    const { told } = await runFlow(flow, { flows: { inner } });
    const completed = told.findIndex((event) => event.type === "step.completed" && event.path === "c");
    const early = told.slice(0, completed).reduce(applyEvent, emptyRunView("r"));
    expect(early.answer).toBe("[(so and on)");
    expect(early.steps["c"]?.text).toBe("(so and on)");
    expect((await answersOf(flow, { flows: { inner } })).at(-1)).toBe("[(so and on)]");
  });

  it("streams in rounds too, each round in its turn", async () => {
    const flow = contractFlow(
      `each: { type: rounds, config: { items: "['x', 'y']" }, body: { nodes: {
  c: { type: call, config: { flow: inner, input: "{{ item }}" } }, say: { type: reply, config: { text: "{{ c.text }}" } } }, edges: [c -> say] } }`,
      "start -> each",
    );
    const texts = await answersOf(flow, { flows: { inner } });
    expect(texts).toContain("(x and ");
    expect(texts.at(-1)).toBe("(x and on)\n\n(y and on)");
  });

  it("is taken back when it fails and its own handler says something else", async () => {
    const failing = contractFlow(
      `s: { type: speak, config: { text: "half" } }
boom: { type: flaky, config: { failures: 9 } }
end: { type: reply, config: { text: "{{ s.text }} {{ boom.text }}" } }
saved: { type: rescue }
sorry: { type: reply, config: { text: "No." } }`,
      "start -> s, s -> boom, boom -> end, saved -> sorry",
    );
    const flow = contractFlow(
      `c: { type: call, config: { flow: inner } }\nend: { type: reply, config: { text: "It says: {{ c.text }}" } }`,
      "start -> c, c -> end",
    );
    const texts = await answersOf(flow, { flows: { inner: failing } });
    expect(texts).toContain("It says: half ");
    expect(texts.at(-1)).toBe("It says: No.");
  });
});
