import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createModelHost, type ModelHost } from "../../engine/model/index.ts";
import type { RunEvent } from "../../engine/run/events.ts";
import { NO_SERVICES } from "../testing/no-services.ts";
import { runFlow } from "../testing/run-flow.ts";
import { startScriptedModel } from "../testing/scripted-model.ts";

let model: Awaited<ReturnType<typeof startScriptedModel>>;
let models: ModelHost;
beforeAll(async () => {
  model = await startScriptedModel();
  const definition = { kind: "openai-compatible", id: "scripted", url: model.url, model: "scripted" } as const;
  models = createModelHost({ definitions: [definition], secrets: NO_SERVICES.secrets });
});
afterAll(() => Promise.all([models.dispose(), model.close()]));

const file = (nodes: string, edges: string) => `
heddle: 1
name: Test
nodes:
  start: { type: start, config: { fields: { kind: { type: string, default: a } } } }
${nodes}
edges: [${edges}]
`;

/** Words that were told of the answer before the step ended that wrote them. */
function toldEarly(events: readonly RunEvent[], path: string): string[] {
  const end = events.findIndex((event) => event.type === "step.completed" && event.path === path);
  return events.slice(0, end).flatMap((event) => (event.type === "answer.delta" ? [event.text] : []));
}

describe("an answer grows while a model writes", () => {
  const write = `  write: { type: llm, config: { model: scripted, prompt: Hi } }`;

  test("in another flow that this one runs", async () => {
    model.say({ text: "one two three" });
    const inner = file(
      `${write}\n  answer: { type: answer, config: { text: "So: {{ write.text }}" } }`,
      "start -> write, write -> answer",
    );
    const outer = file(
      `  call: { type: sub-flow, config: { flow: inner } }\n  answer: { type: answer, config: { text: "{{ call.text }}!" } }`,
      "start -> call, call -> answer",
    );
    const { outcome, events } = await runFlow(outer, { flows: { inner }, services: { models } });
    expect(outcome).toMatchObject({ output: { text: "So: one two three!" } });
    expect(toldEarly(events, "call/write").join("")).toBe("So: one two three");
    expect(toldEarly(events, "call/write").length).toBeGreaterThan(2);
  });

  test("on the way that a switch took", async () => {
    model.say({ text: "one two three" });
    const flow = file(
      `  which: { type: switch, config: { value: start.kind, cases: [{ id: a, when: '"a"' }] } }
${write}
  answer: { type: answer, config: { text: "{{ write.text }}" } }
  other: { type: answer, config: { text: Other. } }`,
      "start -> which, which.a -> write, write -> answer, which.else -> other",
    );
    const { events } = await runFlow(flow, { services: { models } });
    expect(toldEarly(events, "write").join("")).toBe("one two three");
  });

  test("in the rounds of a loop, one after the other", async () => {
    model.say({ text: "one " }, { text: "two " });
    const flow = file(
      `  again:
    type: loop
    config: { times: 2 }
    body:
      nodes:
        write: { type: llm, config: { model: scripted, prompt: "{{ index }}" } }
        answer: { type: answer, config: { text: "{{ write.text }}" } }
      edges: [write -> answer]`,
      "start -> again",
    );
    const { outcome, events } = await runFlow(flow, { services: { models } });
    expect(outcome).toMatchObject({ state: "succeeded" });
    expect(toldEarly(events, "again[0]/write").join("")).toBe("one ");
    expect(toldEarly(events, "again[1]/write").join("").replaceAll("\n", "")).toBe("one two ");
  });
});
