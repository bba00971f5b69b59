import { describe, expect, it } from "vitest";
import { LANGUAGES } from "../lib/text.ts";
import { analyzeFlow } from "./analyze.ts";
import { applyCommand } from "./apply.ts";
import { libraryOf } from "./flow-library.ts";
import { problemMessage } from "./problem.ts";
import { readFlow } from "./read.ts";
import { testTypes } from "./testing/node-types.ts";

const flowOf = (text: string) => readFlow(text).flow;
const other = flowOf(`
heddle: 1
name: Other
nodes:
  start: { type: start, config: { fields: { message: { type: string }, size: { type: number } } } }
`);
const flows = libraryOf({ other }, testTypes);

const caller = (input: string, edges = "[start -> call]") => `
heddle: 1
name: Caller
nodes:
  start: { type: start, config: { fields: {} } }
  call: { type: subflow, config: { flow: other, input: ${input} } }
edges: ${edges}
`;
const problemsOf = (text: string, library = flows) =>
  analyzeFlow(readFlow(text), testTypes, { flows: library }).problems;
const told = (text: string) => problemsOf(text).map(({ code, severity, field }) => `${severity} ${code} ${field}`);

describe("what a step hands to the flow that it runs", () => {
  it.each<[string, string, string[]]>([
    ["all that it takes", "{ message: hi, size: 1 }", []],
    ["too little", "{ message: hi }", ["error flow.input-missing input"]],
    ["nothing", "{}", ["error flow.input-missing input", "error flow.input-missing input"]],
    ["too much", "{ message: hi, size: 1, colour: red }", ["error flow.input-unknown input.colour"]],
    [
      "a misspelt field",
      "{ mesage: hi, size: 1 }",
      ["error flow.input-missing input", "error flow.input-unknown-near input.mesage"],
    ],
    ["what another step gives, as a whole", '"{{ start }}"', []],
  ])("is %s", (_, input, expected) => {
    expect(told(caller(input)).sort()).toEqual([...expected].sort());
  });

  it("may still be missing while nothing leads to the step", () => {
    expect(told(caller("{ message: hi }", "[]"))).toContain("warning flow.input-missing input");
  });

  it("is put right by a click, and said in both languages", () => {
    const source = readFlow(caller("{ mesage: hi, size: 1 }"));
    const found = problemsOf(source.text);
    const [fix] = found.flatMap(({ fixes }) => fixes);
    expect(fix).toMatchObject({ label: "fix.rename", params: { to: "message" } });
    const flow = applyCommand(source.flow, fix!.command).flow;
    expect(flow.nodes["call"]?.config).toEqual({ flow: "other", input: { message: "hi", size: 1 } });
    for (const problem of found) {
      for (const language of LANGUAGES) expect(problemMessage(language, problem)).toMatch(/other.*me?ssage/);
    }
  });

  it("isn't judged where the other flow isn't known", () => {
    expect(problemsOf(caller("{}"), libraryOf({}, testTypes)).map(({ code }) => code)).toEqual(["flow.unknown-flow"]);
  });
});
