import { analyzeFlow, newFlowText, readFlow, type FlowSource } from "../../engine/flow/index.ts";
import type { FlowAnalysis } from "../../engine/flow/analysis.ts";
import { createCatalog, type Catalog } from "../../engine/node/catalog.ts";
import type { FlowText } from "../../engine/store/project/flow-files.ts";
import type { FlowFile } from "../../engine/rpc/contract.ts";
import { NODES } from "../../nodes/index.ts";

/** What the host knows of flows without running them. */
export interface FlowEngine {
  catalog: Catalog;
  read(text: string): FlowSource;
  analyze(text: string): FlowAnalysis;
  newText(title: string): string;
  isNewer(text: string): boolean;
  /** A flow file as lists show it. */
  describe(file: FlowText): FlowFile;
  /** Roles and ids of the models that the flow's steps name. */
  modelsOf(text: string): string[];
}

/** Composes the pure engine with the built-in nodes. */
export function createFlowEngine(): FlowEngine {
  const catalog = createCatalog(NODES);
  const analyze = (text: string) => analyzeFlow(readFlow(text), catalog);
  return {
    catalog,
    read: readFlow,
    analyze,
    newText: newFlowText,
    isNewer: (text) => readFlow(text).readOnly === "newer-version",
    describe(file) {
      const source = readFlow(file.text);
      return {
        name: file.name,
        title: source.flow.name || file.name,
        path: file.path,
        revision: file.revision,
        problems: analyzeFlow(source, catalog).problems.length,
        ...(source.readOnly && { readOnly: source.readOnly }),
      };
    },
    modelsOf(text) {
      const steps = Object.values(readFlow(text).flow.nodes).filter((node) => catalog.has(node.type));
      const sites = steps.flatMap((node) => catalog.sites(node.type, node.config ?? {}));
      return [...new Set(sites.filter((site) => site.kind === "model").map((site) => site.value))];
    },
  };
}
