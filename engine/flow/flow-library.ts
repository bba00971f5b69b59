import { createAnalyzer } from "./analyzer.ts";
import { nodeInfo } from "./node-info.ts";
import type { FlowLibrary, KnownFlow, NodeTypes } from "./node-types.ts";
import type { Flow } from "./schema.ts";

/** The names of the flows that a flow's steps run, each once. */
function flowCalls(flow: Flow, types: NodeTypes): string[] {
  const sites = Object.values(flow.nodes).flatMap((node) => (node.disabled ? [] : nodeInfo(node, types).flows));
  return [...new Set(sites.map(({ value }) => value))];
}

/** Flows as a library for `analyzeFlow`; what each takes and gives is worked out when it is asked for. */
export function libraryOf(flows: Readonly<Record<string, Flow>>, types: NodeTypes): FlowLibrary {
  const known = new Map<string, KnownFlow>();
  const library: FlowLibrary = {
    names: () => Object.keys(flows),
    get(name) {
      if (!Object.hasOwn(flows, name)) return undefined;
      const found = known.get(name);
      if (found) return found;
      const flow = flows[name]!;
      // Flows that run each other in a circle see nothing of each other.
      const entry: KnownFlow = { input: {}, output: {}, calls: flowCalls(flow, types) };
      known.set(name, entry);
      const { input, output } = createAnalyzer(types).analyze({ flow, problems: [] }, { flows: library, name });
      const whole = { ...entry, input, output };
      known.set(name, whole);
      return whole;
    },
  };
  return library;
}
