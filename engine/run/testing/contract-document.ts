import { readFlow } from "../../flow/index.ts";
import type { FlowSource } from "../../flow/read.ts";

/** The flow of nodes and edges as a file would have it; `start` is always there. */
export function contractDocument(nodes: string, edges: string): Pick<FlowSource, "flow" | "problems"> {
  const lines = nodes.split("\n").filter((line) => line.trim() !== "");
  const indent = Math.min(...lines.map((line) => line.search(/\S/)));
  const edgeLines = edges.split(",").map((edge) => `  - ${edge.trim()}`);
  return readFlow(`heddle: 1
name: contract
nodes:
  start: { type: begin }
${lines.map((line) => `  ${line.slice(indent)}`).join("\n")}
edges:
${edgeLines.join("\n")}
`);
}
