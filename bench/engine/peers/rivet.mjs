import { createProcessor, globalRivetNodeRegistry, pluginNodeDefinition, runGraph } from "@ironclad/rivet-node";

/** Rivet as its documentation has it: nodes of a plugin, a project, and runGraph for every run; no trace and no listeners. */
export function rivet(shape, size) {
  const project = projectOf(shape, size);
  return {
    name: "Rivet, runGraph",
    async run(input) {
      const outputs = await runGraph(project, { graph: "main", inputs: { input }, includeTrace: false });
      return outputs.result.value;
    },
  };
}

/** Rivet with one GraphProcessor kept for all runs, which spares it the preparation of the graph. */
export function rivetKept(shape, size) {
  const { processor } = createProcessor(projectOf(shape, size), { graph: "main", includeTrace: false });
  return {
    name: "Rivet, one processor kept",
    async run(input) {
      const outputs = await processor.processGraph({ settings: {} }, { input: number(input) });
      return outputs.result.value;
    },
  };
}

function projectOf(shape, size) {
  registerNodes();
  const graph = shape === "chain" ? chain(size) : fanOut(size);
  return { metadata: { id: "bench", title: "bench", description: "", mainGraphId: "main" }, graphs: { main: graph } };
}

const number = (value) => ({ type: "number", value });
const port = (id) => ({ id, title: id, dataType: "number" });

function node(type, id, data = {}) {
  return { type, id, title: id, data, visualData: { x: 0, y: 0 } };
}

const wire = (from, to, inputId = "value") => ({
  outputNodeId: from,
  outputId: from === "input" ? "data" : "value",
  inputNodeId: to,
  inputId,
});

const graphOf = (nodes, connections) => ({
  metadata: { id: "main", name: "main", description: "" },
  nodes: [
    node("graphInput", "input", { id: "input", dataType: "number" }),
    ...nodes,
    node("graphOutput", "result", { id: "result", dataType: "number" }),
  ],
  connections,
});

function chain(size) {
  const nodes = [];
  const connections = [];
  for (let index = 0; index < size; index++) {
    nodes.push(node("benchAddOne", `n${index}`));
    connections.push(wire(index === 0 ? "input" : `n${index - 1}`, `n${index}`));
  }
  return graphOf(nodes, [...connections, wire(`n${size - 1}`, "result")]);
}

function fanOut(size) {
  const nodes = [node("benchSum", "sum", { size })];
  const connections = [wire("sum", "result")];
  for (let index = 0; index < size; index++) {
    nodes.push(node("benchAddOne", `n${index}`));
    connections.push(wire("input", `n${index}`), wire(`n${index}`, "sum", `value${index}`));
  }
  return graphOf(nodes, connections);
}

let registered = false;
function registerNodes() {
  if (registered) return;
  registered = true;
  const plain = (type, inputs, process) =>
    pluginNodeDefinition(
      {
        create: () => node(type, type),
        getInputDefinitions: inputs,
        getOutputDefinitions: () => [port("value")],
        getEditors: () => [],
        getBody: () => undefined,
        getUIData: () => ({}),
        process,
      },
      type,
    );
  globalRivetNodeRegistry.registerPlugin({
    id: "bench",
    name: "bench",
    register(register) {
      register(
        plain(
          "benchAddOne",
          () => [port("value")],
          async (_, { value }) => ({ value: number(value.value + 1) }),
        ),
      );
      const inputs = ({ size }) => Array.from({ length: size }, (_, index) => port(`value${index}`));
      const sum = (values) => Object.values(values).reduce((total, { value }) => total + value, 0);
      register(plain("benchSum", inputs, async (_, values) => ({ value: number(sum(values)) })));
    },
  });
}
