import { describe, expect, it } from "vitest";
import { applyCommand, readFlow } from "../../../engine/flow/index.ts";
import { duplicateCommands, fragmentText, pasteCommands } from "./fragment.ts";

const { flow } = readFlow(`heddle: 1
name: Shop
nodes:
  start: { type: start }
  sort: { type: classifier, config: { text: "{{ start.message }}" } }
  route: { type: condition, config: { cases: [{ id: a, when: 'sort.label == "a"' }] } }
edges: [start -> sort, sort -> route]
layout: { start: [0, 0], sort: [300, 0], route: [600, 40] }
`);
const apply = (commands: Parameters<typeof applyCommand>[1][]) => applyCommand(flow, { do: "batch", commands }).flow;

describe("nodes on the clipboard", () => {
  it("are a flow file with the nodes and the wires between them", () => {
    const copied = readFlow(fragmentText(flow, ["sort", "route"])).flow;
    expect(Object.keys(copied.nodes)).toEqual(["sort", "route"]);
    expect(copied.edges).toEqual([{ from: "sort", port: "out", to: "route" }]);
    expect(copied.layout["route"]).toEqual([600, 40]);
  });

  it("come back under keys that are free, and refer to each other by those", () => {
    const pasted = pasteCommands(flow, fragmentText(flow, ["sort", "route"]), { at: [100, 500] })!;
    const after = apply(pasted.commands);
    expect(pasted.keys).toEqual(["sort_2", "route_2"]);
    expect(after.nodes["route_2"]!.config).toEqual({ cases: [{ id: "a", when: 'sort_2.label == "a"' }] });
    expect(after.nodes["sort_2"]!.config).toEqual({ text: "{{ start.message }}" });
    expect(after.edges).toContainEqual({ from: "sort_2", port: "out", to: "route_2" });
    expect(after.layout["sort_2"]).toEqual([100, 500]);
    expect(after.layout["route_2"]).toEqual([400, 540]);
  });

  it("can be put into another flow as they are", () => {
    const other = readFlow("heddle: 1\nname: Other\n").flow;
    expect(pasteCommands(other, fragmentText(flow, ["sort"]))?.keys).toEqual(["sort"]);
  });

  it.each(["hello", "", "a: b: c", "heddle: 1\nname: Empty\n"])("leave text that holds no nodes alone: %j", (text) => {
    expect(pasteCommands(flow, text)).toBeNull();
  });

  it("are duplicated a little aside", () => {
    const { keys, commands } = duplicateCommands(flow, ["sort"]);
    expect(keys).toEqual(["sort_2"]);
    expect(apply(commands).layout["sort_2"]).toEqual([340, 40]);
  });
});

const nested = readFlow(`heddle: 1
name: Bodies
nodes:
  start: { type: start }
  each:
    type: each
    config: { collect: "{{ say.text }}" }
    body:
      nodes:
        say: { type: template }
        again: { type: loop, body: { nodes: { more: { type: template } } } }
      edges: [say -> again]
edges: [start -> each]
layout: { start: [0, 0], each: [300, 0], say: [0, 0], again: [300, 20], more: [5, 5] }
`).flow;
const change = (commands: Parameters<typeof applyCommand>[1][]) => applyCommand(nested, { do: "batch", commands }).flow;

describe("containers on the clipboard", () => {
  it("bring their bodies along, at every depth", () => {
    const copied = readFlow(fragmentText(nested, ["each"])).flow;
    expect(copied.parents).toEqual({ say: "each", again: "each", more: "again" });
    expect(copied.edges).toEqual([{ from: "say", port: "out", to: "again" }]);
  });

  it("come back with keys of their own and everything where it was in the body", () => {
    const pasted = pasteCommands(nested, fragmentText(nested, ["each"]), { at: [0, 500] })!;
    const after = change(pasted.commands);
    expect(pasted.keys).toEqual(["each_2"]);
    expect(after.parents).toMatchObject({ say_2: "each_2", again_2: "each_2", more_2: "again_2" });
    expect(after.nodes["each_2"]!.config).toEqual({ collect: "{{ say_2.text }}" });
    expect(after.layout).toMatchObject({ each_2: [0, 500], again_2: [300, 20], more_2: [5, 5] });
  });

  it("and steps can be pasted into a body", () => {
    const pasted = pasteCommands(nested, fragmentText(nested, ["say"]), { at: [0, 200], parent: "again" })!;
    const after = change(pasted.commands);
    expect(after.parents["say_2"]).toBe("again");
    expect(after.layout["say_2"]).toEqual([0, 200]);
  });

  it("a step that is copied without its container stands free", () => {
    expect(readFlow(fragmentText(nested, ["more"])).flow.parents).toEqual({});
  });

  it("duplicates stay in the body that they were made in", () => {
    expect(change(duplicateCommands(nested, ["say"]).commands).parents["say_2"]).toBe("each");
    expect(duplicateCommands(nested, ["say", "each"]).keys).toEqual(["each_2"]);
  });
});
