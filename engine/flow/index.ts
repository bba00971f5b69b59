export type { FlowAnalysis, NodeAnalysis } from "./analysis.ts";
export { analyzeFlow } from "./analyze.ts";
export { createAnalyzer, type Analyzer } from "./analyzer.ts";
export { applyCommand } from "./apply.ts";
export { containersAround } from "./bodies.ts";
export type { FlowCommand, SimpleCommand } from "./commands.ts";
export { fieldSites, pathText } from "./field-sites.ts";
export { FlowChecker, type CheckedFlow } from "./flow-checker.ts";
export { libraryOf } from "./flow-library.ts";
export { freeKey, isNodeKey } from "./keys.ts";
export { flowMeaning } from "./meaning.ts";
export type { NodeInfo, ReadSite } from "./node-info.ts";
export type { BindingKind, FlowLibrary } from "./node-types.ts";
export { problemMessage, problemWords, type Problem, type QuickFix } from "./problem.ts";
export { readFlow, type FlowSource } from "./read.ts";
export {
  bindingId,
  edgeId,
  ERROR_PORT,
  UNDO_PORT,
  type Edge,
  type Flow,
  type FlowNode,
  type Position,
} from "./schema.ts";
export type { KnownSites } from "./rename.ts";
export { newFlowText } from "./text/fresh.ts";
export { rewriteFlow, writeFlow } from "./write.ts";
