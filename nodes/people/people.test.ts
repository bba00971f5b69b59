import { describe, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../engine/lib/json.ts";
import type { Operation } from "../../engine/node/operation.ts";
import { runFlow } from "../testing/run-flow.ts";
import { play } from "../testing/play.ts";
import { approval } from "./approval.ts";
import { form } from "./form.ts";

const flow = (config: string, after = "") => `
heddle: 1
name: Test
nodes:
  start: { type: start, config: { fields: { order: { type: string } } } }
  ask: { type: approval, config: ${config} }
  yes: { type: answer, config: { text: "{{ ask.by }} said {{ ask.choice }}: {{ ask.comment }}" } }
  no: { type: answer, config: { text: "No, {{ ask.choice }}" } }
edges: [start -> ask, ask.approve -> yes, ask.reject -> no${after}]
`;
const input = { order: "1042" };

describe("an approval", () => {
  test("tells the inbox what it is about, and goes the way that was chosen", async () => {
    const waits: JsonValue[] = [];
    const text = flow('{ title: "Refund {{ start.order }}?", details: "**Late**", assignee: accounting }');
    const { outcome, events } = await runFlow(text, {
      input,
      answer(event) {
        waits.push(event.wait as JsonValue);
        return { choice: "approve", values: {}, by: "Ada", comment: "fine" };
      },
    });
    expect(outcome).toMatchObject({ output: { text: "Ada said approve: fine" } });
    expect(waits).toEqual([
      {
        kind: "task",
        title: "Refund 1042?",
        details: "**Late**",
        assignee: "accounting",
        choices: [
          { id: "approve", label: "Approve" },
          { id: "reject", label: "Reject" },
        ],
      },
    ]);
    expect(events.map(({ type }) => type)).toContain("run.waiting");
  });

  test("goes to somebody else after a while; the first person’s task is gone then", async () => {
    const text = flow("{ title: Refund?, assignee: Ada, escalateAfter: 5ms, escalateTo: Bob, deadline: 1h }");
    const { outcome, events } = await runFlow(text, {
      input,
      answer: ({ wait }) =>
        wait.kind === "task" && wait.assignee === "Bob" ? { choice: "reject", values: {} } : undefined,
    });
    expect(outcome).toMatchObject({ output: { text: "No, reject" } });
    const tasks = events.filter((event) => "path" in event && event.path?.startsWith("ask/answer"));
    expect(tasks.map((event) => `${event.type} ${"path" in event && event.path}`)).toEqual([
      "step.waiting ask/answer",
      "step.waiting ask/answer deadline",
      "step.completed ask/answer deadline",
      "step.skipped ask/answer",
      "step.waiting ask/answer 2",
      "step.waiting ask/answer 2 deadline",
      "step.completed ask/answer 2",
      "step.skipped ask/answer 2 deadline",
    ]);
  });

  test("waits no longer than its deadline in all, whoever has it", () => {
    const step = approval.role === "step" ? approval : undefined!;
    const config = step.config.parse({
      title: "",
      deadline: "10h",
      escalateAfter: "4h",
      escalateTo: "Bob",
      whenExpired: "reject",
    });
    const { asked, result } = play(step.process!({ config, bound: {}, input: null }), () => ({
      index: 1,
      value: null,
    }));
    const pauses = asked.map((operation: Operation) =>
      operation.kind === "race" && operation.operations[1]?.kind === "sleep" ? operation.operations[1].ms : undefined,
    );
    expect(pauses).toEqual([4 * 3_600_000, 6 * 3_600_000]);
    expect(result).toEqual({ output: { choice: "reject", comment: "", by: "", expired: true }, port: "reject" });
  });

  test("has a way out for the deadline only where it has one", () => {
    const portsOf = (more: JsonObject) =>
      approval.role === "step"
        ? approval.ports!(approval.config.parse({ title: "", ...more })).map(({ id }) => id)
        : [];
    expect(portsOf({})).toEqual(["approve", "reject"]);
    expect(portsOf({ deadline: "1d" })).toEqual(["approve", "reject", "expired"]);
    expect(portsOf({ deadline: "1d", whenExpired: "reject" })).toEqual(["approve", "reject"]);
  });

  test.each([
    ["no choice", { choices: {} }, "choices"],
    ["a choice named like another way out", { choices: { error: "Oops" } }, "choices.error"],
    ["a choice after the deadline that there isn’t", { whenExpired: "maybe" }, "whenExpired"],
    ["a deadline that is none", { deadline: "soon" }, "deadline"],
  ])("%s is a problem", (_what, more, path) => {
    const { error } = approval.config.safeParse({ title: "", ...more });
    expect(error?.issues.map((issue) => issue.path.join("."))).toEqual([path]);
  });
});

describe("a form", () => {
  const text = (more = "") => `
heddle: 1
name: Test
nodes:
  start: { type: start, config: { fields: {} } }
  ask:
    type: form
    config:
      title: What is missing?
      fields: { amount: { type: number }, note: { type: string, optional: true } }
      ${more}
  result: { type: end, config: { fields: { twice: "{{ default(ask.amount, 0) * 2 }}", note: "{{ ask.note }}" } } }
edges: [start -> ask, ask -> result]
`;

  test("asks for its fields, and gives their values with types", async () => {
    const { outcome, events } = await runFlow(text(), { answer: () => ({ choice: "send", values: { amount: 21 } }) });
    expect(outcome).toMatchObject({ state: "succeeded", output: { twice: 42, note: null } });
    const wait = events.find((event) => event.type === "step.waiting")!.wait;
    expect(wait).toMatchObject({
      kind: "task",
      choices: [{ id: "send", label: "Send" }],
      form: { properties: { amount: { type: "number" } }, required: ["amount"] },
    });
  });

  test("takes the way “expired” when nobody filled it in", async () => {
    const expired = text("deadline: 5ms").replace("ask -> result", "ask.expired -> result");
    expect((await runFlow(expired)).outcome).toMatchObject({ output: { twice: 0, note: null } });
  });

  test("promises values that are never empty unless it has a deadline", () => {
    const outputOf = (more: JsonObject) =>
      form.output(form.config.parse({ title: "", fields: { amount: { type: "number" } }, ...more }), {
        valueAt: () => ({}),
        flow: () => undefined,
      }).properties!["amount"];
    expect(outputOf({})).toMatchObject({ type: "number" });
    expect(outputOf({ deadline: "1d" })).toMatchObject({ anyOf: [{ type: "number" }, { type: "null" }] });
  });
});
