import { describe, expect, test } from "vitest";
import { analyze, runFlow } from "../testing/run-flow.ts";

const BEGIN = `
heddle: 1
name: Test
nodes:
  start: { type: start, config: { fields: { kind: { type: string }, items: { type: json, optional: true } } } }
`;

const errors = (text: string) => analyze(text).problems.filter(({ severity }) => severity === "error");

describe("variables", () => {
  const flow = `${BEGIN}
  which: { type: switch, config: { value: start.kind, cases: [{ id: a, when: '"a"' }] } }
  set_a: { type: set-variables, config: { variables: { reply: "It is a", size: 1 } } }
  set_other: { type: set-variables, config: { variables: { reply: "It is {{ start.kind }}", size: 2 } } }
  result: { type: end, config: { fields: { said: "{{ vars.reply }}", size: "{{ vars.size }}" } } }
edges: [start -> which, which.a -> set_a, which.else -> set_other, set_a -> result, set_other -> result]
`;

  test("are set on whichever way is taken, with their types", async () => {
    expect(errors(flow)).toEqual([]);
    const a = await runFlow(flow, { input: { kind: "a" } });
    expect(a.outcome).toMatchObject({ state: "succeeded", output: { said: "It is a", size: 1 } });
    const b = await runFlow(flow, { input: { kind: "b" } });
    expect(b.outcome).toMatchObject({ output: { said: "It is b", size: 2 } });
  });

  test("set by two steps at once are a problem before the run", () => {
    const parallel = flow.replace(
      "which.a -> set_a, which.else -> set_other",
      "which.a -> set_a, which.a -> set_other",
    );
    expect(errors(parallel).map(({ code }) => code)).not.toEqual([]);
  });

  test("count up in a loop", async () => {
    const { outcome } = await runFlow(
      `${BEGIN}
  zero: { type: set-variables, config: { variables: { total: 0 } } }
  again:
    type: loop
    config: { times: "3" }
    body:
      nodes:
        add: { type: set-variables, config: { variables: { total: "{{ default(vars.total, 0) + index }}" } } }
  result: { type: end, config: { fields: { total: "{{ vars.total }}" } } }
edges: [start -> zero, zero -> again, again -> result]
`,
      { input: { kind: "" } },
    );
    expect(outcome).toMatchObject({ output: { total: 3 } });
  });
});

describe("a merge", () => {
  const flow = `${BEGIN}
  which: { type: switch, config: { value: start.kind, cases: [{ id: a, when: '"a"' }] } }
  first: { type: template, config: { text: "A!" } }
  second: { type: template, config: { text: "B!" } }
  both: { type: merge, config: { values: ["{{ first.text }}", "{{ second.text }}"] } }
  result: { type: end, config: { fields: { value: "{{ both.value }}" } } }
edges: [start -> which, which.a -> first, which.else -> second, first -> both, second -> both, both -> result]
`;

  test("gives what came from the way that was taken, and nothing is said of the one that wasn’t", async () => {
    expect(analyze(flow).problems).toEqual([]);
    expect((await runFlow(flow, { input: { kind: "a" } })).outcome).toMatchObject({ output: { value: "A!" } });
    expect((await runFlow(flow, { input: { kind: "x" } })).outcome).toMatchObject({ output: { value: "B!" } });
  });

  test("tells its type from its branches", () => {
    const { output } = analyze(flow).nodes["both"]!;
    expect(JSON.stringify(output)).toContain('"string"');
    expect(JSON.stringify(output)).not.toContain('"number"');
  });
});

describe("what an item is", () => {
  const flow = (inside: string, collect: string) => `${BEGIN}
  lines:
    type: list
    config: { items: "[{'sku': 'a', 'price': 2}, {'sku': 'b', 'price': 3}]", group: sku, totals: { sum: sum price } }
  each_line:
    type: each
    config: { items: lines.items, collect: ${JSON.stringify(collect)} }
    body:
      nodes:
        say: { type: template, config: { text: ${JSON.stringify(inside)} } }
  result: { type: end, config: { fields: { items: "{{ each_line.items }}", sum: "{{ lines.totals.sum }}" } } }
edges: [start -> lines, lines -> each_line, each_line -> result]
`;

  test("is known inside the body, where a field that there isn’t is a problem", async () => {
    const good = flow("{{ item.count }} of {{ item.key }} costs {{ item.totals.sum }}", "{{ say.text }}");
    expect(errors(good)).toEqual([]);
    expect((await runFlow(good, { input: { kind: "" } })).outcome).toMatchObject({
      output: { items: ["1 of a costs 2", "1 of b costs 3"], sum: 5 },
    });
    const [problem] = errors(flow("{{ item.cuont }}", "{{ say.text }}"));
    expect(problem).toMatchObject({ node: "say" });
  });

  test("reaches the steps behind: what was kept has a type", () => {
    const { output } = analyze(flow("{{ item.key }}", "{{ say.text }}")).nodes["each_line"]!;
    expect(output.properties?.["items"]?.items).toMatchObject({ type: "string" });
    expect(errors(flow("{{ item.key }}", "{{ say.txt }}"))[0]).toMatchObject({ node: "each_line", field: "collect" });
  });
});

describe("a run that fails", () => {
  const flow = `${BEGIN}
  check: { type: condition, config: { cases: [{ id: bad, when: 'start.kind == "bad"' }] } }
  halt: { type: stop, config: { message: "A {{ start.kind }} one." } }
  fine: { type: answer, config: { text: Fine. } }
  oops: { type: on-error, config: {} }
  sorry: { type: answer, config: { text: "Sorry: {{ oops.error.message }} ({{ oops.node }}, {{ oops.error.code }})" } }
edges: [start -> check, check.bad -> halt, check.else -> fine, oops -> sorry]
`;

  test("goes on at the error handler, and its answer counts", async () => {
    expect(errors(flow)).toEqual([]);
    expect((await runFlow(flow, { input: { kind: "bad" } })).outcome).toMatchObject({
      state: "succeeded",
      output: { text: "Sorry: A bad one. (halt, flow.stopped)" },
    });
    expect((await runFlow(flow, { input: { kind: "good" } })).outcome).toMatchObject({ output: { text: "Fine." } });
  });

  test("without one fails in the author’s words", async () => {
    const { outcome } = await runFlow(flow.replace(/ {2}oops[\s\S]*edges/, "edges").replace(", oops -> sorry", ""), {
      input: { kind: "bad" },
    });
    expect(outcome).toMatchObject({
      state: "failed",
      node: "halt",
      error: { code: "flow.stopped", message: expect.stringContaining("A bad one.") },
    });
  });
});

describe("a flow that runs another", () => {
  const greet = `
heddle: 1
name: Greet
nodes:
  start: { type: start, config: { fields: { name: { type: string } } } }
  check: { type: condition, config: { cases: [{ id: nobody, when: 'start.name == ""' }] } }
  halt: { type: stop, config: { message: Nobody to greet. } }
  answer: { type: answer, config: { text: "Hello {{ start.name }}" } }
edges: [start -> check, check.nobody -> halt, check.else -> answer]
`;
  const flow = `${BEGIN}
  call: { type: sub-flow, config: { flow: greet, input: { name: "{{ start.kind }}" } } }
  answer: { type: answer, config: { text: "{{ call.text }}!" } }
edges: [start -> call, call -> answer]
`;

  test("gives its answer, and its steps stand under the calling one", async () => {
    const { outcome, events } = await runFlow(flow, { flows: { greet }, input: { kind: "Ada" } });
    expect(outcome).toMatchObject({ state: "succeeded", output: { text: "Hello Ada!" } });
    const paths = events.flatMap((event) => (event.type === "step.completed" ? [event.path] : []));
    expect(paths).toEqual(["start", "call/start", "call/check", "call/answer", "call", "answer"]);
  });

  test("fails with the same error", async () => {
    const { outcome } = await runFlow(flow, { flows: { greet }, input: { kind: "" } });
    expect(outcome).toMatchObject({
      state: "failed",
      error: { code: "flow.stopped", message: expect.stringContaining("Nobody to greet.") },
    });
  });

  test("refuses an input that doesn’t fit by name", async () => {
    const wrong = flow.replace('input: { name: "{{ start.kind }}" }', 'input: "{{ start }}"');
    expect((await runFlow(wrong, { flows: { greet }, input: { kind: "a" } })).outcome).toMatchObject({
      state: "failed",
      error: { code: "input.several" },
    });
  });

  test("has its input checked before the run", () => {
    const wrong = flow.replace('name: "{{ start.kind }}"', "nam: x");
    const found = analyze(wrong, { flows: { greet } }).problems;
    expect(found.map(({ code, field }) => `${code} ${field}`).sort()).toEqual([
      "flow.input-missing input",
      "flow.input-unknown-near input.nam",
    ]);
  });

  test("or starts it to go on by itself, once for all tries", async () => {
    const started: object[] = [];
    const flows = {
      start: async ({
        flow: name,
        input,
        idempotencyKey,
      }: {
        flow: string;
        input: unknown;
        idempotencyKey: string;
      }) => {
        started.push({ name, input, idempotencyKey });
        return "run_2";
      },
    };
    const { outcome } = await runFlow(
      flow.replace("config: { flow: greet,", "config: { flow: greet, wait: false,").replace("call.text", "call.runId"),
      {
        flows: { greet },
        input: { kind: "Ada" },
        services: { flows },
      },
    );
    expect(outcome).toMatchObject({ output: { text: "run_2!" } });
    expect(started).toEqual([{ name: "greet", input: { name: "Ada" }, idempotencyKey: "run/call/start" }]);
  });
});
