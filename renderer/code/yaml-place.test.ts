import { describe, expect, it } from "vitest";
import { flowPlace, openBraces, schemaAt, yamlPlace } from "./yaml-place.ts";

/** The place of `|` in a text. */
function at(text: string) {
  const lines = text.split("\n");
  const line = lines.findIndex((each) => each.includes("|"));
  const column = lines[line]!.indexOf("|");
  return yamlPlace(
    lines.map((each) => each.replace("|", "")),
    line,
    column,
  );
}

const FLOW = `heddle: 1
nodes:
  triage:
    type: classifier
    # a remark
    config:
      labels: { a: b }
      |
edges:
  - start -> triage
`;

describe("where the caret stands in a flow's text", () => {
  it("is told by indentation, past blank lines and remarks", () => {
    expect(at(FLOW)).toMatchObject({ path: ["nodes", "triage", "config"], siblings: ["labels"], item: false });
  });

  it("is the value of a key after its colon", () => {
    expect(at("nodes:\n  a:\n    type: cl|")).toMatchObject({
      path: ["nodes", "a"],
      after: "type",
      before: "type: cl",
    });
  });

  it("is an item of a list", () => {
    expect(at("nodes: {}\nedges:\n  - sta|")).toMatchObject({ path: ["edges"], item: true });
  });

  it("knows keys above and below in the same map", () => {
    expect(at("nodes:\n  a:\n    title: x\n    |\n    note: y\n  b:\n    type: z").siblings).toEqual(["title", "note"]);
  });

  it("is the top where nothing is indented", () => {
    expect(at("heddle: 1\n|")).toMatchObject({ path: [], siblings: ["heddle"] });
  });
});

describe("open braces", () => {
  it("are told from closed ones", () => {
    expect(openBraces('text: "{{ start.m')).toBe("start.m");
    expect(openBraces('text: "{{ start }} and ')).toBeNull();
  });
});

describe("the schema of a place", () => {
  const text = { type: "string" };
  const schema = {
    properties: { cases: { items: { properties: { when: text } } }, query: { additionalProperties: text } },
  };
  it("is found through lists and open maps", () => {
    expect(schemaAt<Schema>(schema, ["cases", "when"])).toBe(text);
    expect(schemaAt<Schema>(schema, ["query", "anything"])).toBe(text);
    expect(schemaAt<Schema>(schema, ["nothing"])).toBeUndefined();
  });
});

interface Schema {
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  additionalProperties?: unknown;
}

describe("a place in a body", () => {
  it("means what it means outside, in the container that it is in", () => {
    expect(flowPlace(["nodes", "each", "body", "nodes", "say", "config", "text"])).toEqual({
      body: "each",
      section: "nodes",
      node: "say",
      part: "config",
      inner: ["text"],
    });
    expect(flowPlace(["nodes", "each", "body", "nodes", "loop", "body", "edges"])).toEqual({
      body: "loop",
      section: "edges",
      inner: [],
    });
    expect(flowPlace(["nodes", "each", "body"])).toEqual({ body: "each", inner: [] });
    expect(flowPlace(["nodes", "each", "config"])).toEqual({
      section: "nodes",
      node: "each",
      part: "config",
      inner: [],
    });
  });
});
