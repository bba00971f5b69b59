import { Annotation, END, MemorySaver, START, StateGraph } from "@langchain/langgraph";

/**
 * LangGraph as its documentation has it: a StateGraph over annotated channels, compiled once, invoked per run; with a saver, one thread per
 * run and its default durability. A saver keeps everything for ever, so each one serves a hundred runs only.
 */
export function langGraph(shape, size, { saver }) {
  const builder = shape === "chain" ? chain(size) : fanOut(size);
  let graph = saver ? undefined : builder.compile();
  let runs = 0;
  return {
    name: saver ? "LangGraph with its in-memory saver" : "LangGraph",
    async run(input) {
      if (saver && runs % 100 === 0) graph = builder.compile({ checkpointer: new MemorySaver() });
      const thread = { configurable: { thread_id: String(runs++) } };
      const state = await graph.invoke({ value: input }, { recursionLimit: size + 10, ...(saver && thread) });
      return shape === "chain" ? state.value : state.sum;
    },
  };
}

function chain(size) {
  const graph = new StateGraph(Annotation.Root({ value: Annotation() }));
  for (let index = 0; index < size; index++) graph.addNode(`n${index}`, async ({ value }) => ({ value: value + 1 }));
  graph.addEdge(START, "n0");
  for (let index = 1; index < size; index++) graph.addEdge(`n${index - 1}`, `n${index}`);
  return graph.addEdge(`n${size - 1}`, END);
}

function fanOut(size) {
  const sum = Annotation({ reducer: (total, more) => total + more, default: () => 0 });
  const graph = new StateGraph(Annotation.Root({ value: Annotation(), sum }));
  graph.addNode("join", async () => ({}));
  for (let index = 0; index < size; index++) {
    graph.addNode(`n${index}`, async ({ value }) => ({ sum: value + 1 }));
    graph.addEdge(START, `n${index}`);
  }
  const all = Array.from({ length: size }, (_, index) => `n${index}`);
  return graph.addEdge(all, "join").addEdge("join", END);
}
