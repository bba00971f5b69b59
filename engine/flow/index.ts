export { flowAnalysisSchema, type FlowAnalysis, type NodeAnalysis } from "./analysis.ts";
export { analyzeFlow } from "./analyze.ts";
export { applyCommand, type Applied } from "./apply.ts";
export { flowCommandSchema, type FlowCommand, type SimpleCommand } from "./commands.ts";
export { bindingText, edgeText, parseBinding, parseEdge } from "./edge-text.ts";
export { fieldSites, pathText } from "./field-sites.ts";
export { newFlowText, yamlText } from "./text/fresh.ts";
export { freeKey, isNodeKey } from "./keys.ts";
export { flowMeaning, flowToJson } from "./meaning.ts";
export type { BindingKind, ConfigIssue, FieldSite, NodeShape, NodeTypes, PortSpec, SlotSpec } from "./node-types.ts";
export { fieldPath } from "./place-problems.ts";
export { problem, problemMessage, type Problem, type QuickFix } from "./problem.ts";
export { readFlow, type FlowSource } from "./read.ts";
export {
  bindingId,
  DEFAULT_PORT,
  edgeId,
  ERROR_PORT,
  FLOW_VERSION,
  type Binding,
  type Duration,
  type Edge,
  type Flow,
  type FlowNode,
  type Position,
  type RetryPolicy,
} from "./schema.ts";
export { rewriteFlow, writeFlow } from "./write.ts";
