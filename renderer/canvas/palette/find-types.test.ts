import { describe, expect, it } from "vitest";
import type { NodeType } from "../../../engine/rpc/contract.ts";
import { findTypes } from "./find-types.ts";

const type = (name: string, family: NodeType["family"], en: string, zh: string, does = ""): NodeType => ({
  type: name,
  version: 1,
  role: "step",
  family,
  icon: "",
  title: { en, zh },
  description: { en: does, zh: "" },
  docs: { en: "", zh: "" },
  config: {},
  initial: {},
});
const TYPES = [
  type("start", "io", "Start", "开始"),
  type("llm", "models", "Ask a model", "询问模型", "Writes text"),
  type("classifier", "models", "Classify", "分类", "Sorts text under a label"),
  type("template", "data", "Compose text", "拼写文本"),
];
const found = (typed: string, language: "en" | "zh" = "en") =>
  findTypes(TYPES, typed, language).map(({ family, types }) => [family, types.map((each) => each.type)]);

describe("finding a step", () => {
  it("lists families in their order when nothing is typed", () => {
    expect(found("")).toEqual([
      ["models", ["llm", "classifier"]],
      ["data", ["template"]],
      ["io", ["start"]],
    ]);
  });

  it("goes by title, in either language, by key and by what the step does", () => {
    expect(found("class")).toEqual([["models", ["classifier"]]]);
    expect(found("分类")).toEqual([["models", ["classifier"]]]);
    expect(found("llm", "zh")).toEqual([["models", ["llm"]]]);
    expect(found("label")).toEqual([["models", ["classifier"]]]);
    expect(found("condi")).toEqual([]);
  });
});
