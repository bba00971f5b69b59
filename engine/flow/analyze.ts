import type { FlowAnalysis } from "./analysis.ts";
import { createAnalyzer, type Analyzable } from "./analyzer.ts";
import type { AnalyzeOptions } from "./check-flows.ts";
import type { NodeTypes } from "./node-types.ts";

/**
 * Everything that the studio and the planner ask about a flow, in one pure pass: what each node looks like and may refer to, what it
 * does refer to, and every problem. With the source's text, problems have line and column. Who analyses a flow at every edit uses
 * `createAnalyzer`.
 */
export function analyzeFlow(source: Analyzable, types: NodeTypes, options: AnalyzeOptions = {}): FlowAnalysis {
  return createAnalyzer(types).analyze(source, options);
}
