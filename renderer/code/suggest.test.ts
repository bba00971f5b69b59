import { describe, expect, it } from "vitest";
import { readFlow, type FlowAnalysis } from "../../engine/flow/index.ts";
import type { NodeType } from "../../engine/rpc/contract.ts";
import { suggestionsAt, type Knowledge } from "./suggest.ts";
import { yamlPlace } from "./yaml-place.ts";

const words = (text: string) => ({ en: text, zh: text });
const llm: NodeType = {
  type: "llm",
  version: 1,
  role: "step",
  family: "models",
  icon: "",
  title: words("Ask a model"),
  description: words("Writes text"),
  docs: words(""),
  config: {
    type: "object",
    properties: {
      model: { type: "string", heddle: { widget: "model", label: words("Model") } },
      prompt: { type: "string", heddle: { widget: "template-long" } },
      style: { enum: ["short", "long"] },
    },
  },
  initial: {},
};

/** What is suggested at `|`. */
function at(text: string): string[] {
  const lines = text.split("\n");
  const line = lines.findIndex((each) => each.includes("|"));
  const place = yamlPlace(
    lines.map((each) => each.replace("|", "")),
    line,
    lines[line]!.indexOf("|"),
  );
  const { flow } = readFlow(
    "heddle: 1\nname: T\nnodes: { start: { type: start }, greet: { type: llm }, shop: { type: s } }\n",
  );
  const shapes = {
    greet: { role: "step", ports: [{ id: "out" }, { id: "yes" }], slots: [{ slot: "tools" }] },
    shop: { role: "resource", ports: [], slots: [] },
  };
  const knowledge: Knowledge = {
    flow,
    analysis: { nodes: shapes } as unknown as FlowAnalysis,
    types: [llm],
    variables: (node) => (node === "greet" ? [{ path: "start.message", node: "start", type: "text", depth: 1 }] : []),
    names: { model: ["default", "demo"], server: [], flow: [] },
    language: "en",
  };
  return suggestionsAt(place, knowledge).map(({ insert }) => insert);
}

describe("suggestions in a flow's text", () => {
  it("are the settings of the step's type that it doesn't have yet", () => {
    expect(at("nodes:\n  greet:\n    type: llm\n    config:\n      |\nedges:")).toEqual([
      "model: ",
      "prompt: ",
      "style: ",
    ]);
    expect(at("nodes:\n  greet:\n    config:\n      prompt: x\n      |")).toEqual(["model: ", "style: "]);
  });

  it("are values where only some are possible", () => {
    expect(at("nodes:\n  greet:\n    config:\n      style: |")).toEqual(["short", "long"]);
    expect(at("nodes:\n  greet:\n    config:\n      model: de|")).toEqual(["default", "demo"]);
    expect(at("nodes:\n  x:\n    type: |")).toEqual(["llm"]);
  });

  it("are earlier results between braces", () => {
    expect(at('nodes:\n  greet:\n    config:\n      prompt: "Hi {{ |')).toEqual(["start.message }}"]);
  });

  it("are the ends of wires", () => {
    expect(at("nodes:\nedges:\n  - |")).toEqual([
      "start",
      "greet",
      "greet.yes",
      "start.error",
      "start.undo",
      "greet.error",
      "greet.undo",
    ]);
    expect(at("nodes:\nedges:\n  - start -> |")).toEqual(["start", "greet"]);
    expect(at("bindings:\n  - |")).toEqual(["greet.tools", "shop"]);
  });

  it("are the parts of a file and of a step", () => {
    expect(at("heddle: 1\n|")).toContain("nodes: ");
    expect(at("nodes:\n  greet:\n    type: llm\n    |")).toEqual(expect.arrayContaining(["config: ", "retry: "]));
  });
});
