import type { Edge, Flow, FlowNode } from "../../engine/flow/schema.ts";

/** Nodes of one part of the flow: a choice of two ways, a request, and a container with three steps in it. */
const PART = 10;

/**
 * A flow of about `size` nodes as people draw them: parts one after the other, each with a model, a choice, two ways that meet again, a
 * request and a body. Every text refers to earlier steps.
 */
export function largeFlow(size: number): Flow {
  const nodes: Record<string, FlowNode> = {
    start: { type: "start", config: { fields: { message: { type: "string", label: "Message" } } } },
  };
  const parents: Record<string, string> = {};
  const edges: Edge[] = [];
  let before = "start.message";
  for (let part = 0; part < Math.round(size / PART); part++) {
    const from = before.split(".")[0]!;
    addPart({ nodes, parents, edges }, part, { from, before });
    before = `write_${part}.text`;
  }
  nodes["answer"] = { type: "answer", config: { text: `{{ ${before} }}` } };
  edges.push({ from: before.split(".")[0]!, port: "out", to: "answer" });
  const layout = Object.fromEntries(
    Object.keys(nodes).map((key, index) => [
      key,
      [(index % 40) * 280, Math.floor(index / 40) * 140] as [number, number],
    ]),
  );
  return { name: "Large", nodes, parents, edges, bindings: [], layout, extra: {} };
}

function addPart(
  { nodes, parents, edges }: { nodes: Record<string, FlowNode>; parents: Record<string, string>; edges: Edge[] },
  part: number,
  { from, before }: { from: string; before: string },
): void {
  const key = (name: string): string => `${name}_${part}`;
  const add = (name: string, node: FlowNode, parent?: string): void => {
    nodes[key(name)] = { ...node, title: `${name} ${part}` };
    if (parent) parents[key(name)] = parent;
  };
  add("sort", {
    type: "classifier",
    config: { text: `About {{ ${before} }}`, labels: { good: "fine", bad: "not so" } },
  });
  add("choose", { type: "condition", config: { cases: [{ id: "good", when: `${key("sort")}.label == "good"` }] } });
  add("praise", {
    type: "template",
    config: { text: `Well: {{ ${key("sort")}.label }} and {{ size(start.message) + 1 }}` },
  });
  add("help", {
    type: "llm",
    config: { prompt: `Help with {{ start.message }}.\nIt is about {{ ${key("sort")}.label }}.` },
  });
  add("fetch", { type: "http-request", config: { url: `https://example.com/{{ ${key("sort")}.label }}` } });
  add("each", { type: "each", config: { items: "[1, 2, 3]", collect: { text: `{{ ${key("say")}.text }}` } } });
  add("count", { type: "template", config: { text: "{{ item }} of {{ index }}" } }, key("each"));
  add("think", { type: "llm", config: { prompt: `{{ ${key("count")}.text }}: {{ start.message }}` } }, key("each"));
  add("say", { type: "template", config: { text: `{{ ${key("think")}.text }}` } }, key("each"));
  add("write", { type: "template", config: { text: `{{ ${key("each")}.count }} for {{ start.message }}` } });
  const joined = [
    [from, "out", key("sort")],
    [key("sort"), "out", key("choose")],
    [key("choose"), "good", key("praise")],
    [key("choose"), "else", key("help")],
    [key("praise"), "out", key("fetch")],
    [key("help"), "out", key("fetch")],
    [key("sort"), "out", key("fetch")],
    [key("fetch"), "out", key("each")],
    [key("sort"), "out", key("each")],
    [key("count"), "out", key("think")],
    [key("think"), "out", key("say")],
    [key("count"), "out", key("say")],
    [key("each"), "out", key("write")],
    [key("fetch"), "error", key("write")],
    [key("sort"), "out", key("write")],
  ] as const;
  for (const [source, port, to] of joined) edges.push({ from: source, port, to });
}
