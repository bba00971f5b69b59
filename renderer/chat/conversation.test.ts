import { describe, expect, it } from "vitest";
import { emptyRunView } from "../../engine/run/view.ts";
import {
  answerWith,
  chatFit,
  keepRun,
  mergeTurns,
  recordedTurns,
  say,
  spokenText,
  type Conversation,
} from "./conversation.ts";

describe("a conversation", () => {
  const talk: Conversation = answerWith(say(answerWith(say([], "Hi"), "r1"), "Where is my order?"), "r2");

  it("keeps each message with its run", () => {
    expect(talk).toEqual([
      { message: "Hi", runId: "r1" },
      { message: "Where is my order?", runId: "r2" },
    ]);
  });

  it("takes a run into its own turn only", () => {
    const view = { ...emptyRunView("r2"), answer: "It is on its way" };
    const [first, second] = keepRun(talk, view);
    expect(first?.view).toBeUndefined();
    expect(second?.view).toBe(view);
  });

  it("stays the same for a run that is not of the chat", () => {
    expect(keepRun(talk, emptyRunView("other"))).toBe(talk);
  });
});

describe("a conversation that the host keeps", () => {
  const lines = [
    { role: "user", text: "Hi", runId: "r1" },
    { role: "assistant", text: "Hello", runId: "r1" },
    { role: "user", text: "And?", runId: "r2" },
  ] as const;

  it("has the answer with its message", () => {
    expect(recordedTurns(lines)).toEqual([
      { message: "Hi", runId: "r1", answer: "Hello" },
      { message: "And?", runId: "r2" },
    ]);
  });

  it("is completed by what this window saw, each message once", () => {
    const view = { ...emptyRunView("r2"), answer: "We" };
    const local: Conversation = [
      { message: "And?", runId: "r2", view },
      { message: "Still there?", runId: "r3" },
      { message: "Hello?" },
    ];
    expect(mergeTurns(recordedTurns(lines), local)).toEqual([
      { message: "Hi", runId: "r1", answer: "Hello" },
      { message: "And?", runId: "r2", view },
      { message: "Still there?", runId: "r3" },
      { message: "Hello?" },
    ]);
  });
});

describe("what the flow said", () => {
  it("is the stream until the output is recorded", () => {
    const view = { ...emptyRunView("r"), answer: "Hel" };
    expect(spokenText(view)).toBe("Hel");
    expect(spokenText({ ...view, output: { text: "Hello" } })).toBe("Hello");
  });
});

describe("whether a flow can be talked to", () => {
  it("asks for one text named message", () => {
    expect(chatFit({ properties: { message: { type: "string" } } })).toEqual({ fits: true });
  });

  it("names the fields otherwise", () => {
    const schema = { properties: { message: { type: "string" }, customer: { type: "string", title: "Customer" } } };
    expect(chatFit(schema)).toEqual({ fits: false, fields: ["message", "Customer"] });
    expect(chatFit({ properties: { message: { type: "number" } } }).fits).toBe(false);
    expect(chatFit(undefined)).toEqual({ fits: false, fields: [] });
  });
});
