import {
  analyzeFlow,
  createAnalyzer,
  libraryOf,
  newFlowText,
  problemWords,
  readFlow,
  type Analyzer,
  type Flow,
  type FlowLibrary,
  type FlowSource,
} from "../../engine/flow/index.ts";
import type { FlowAnalysis } from "../../engine/flow/analysis.ts";
import { freshText } from "../../engine/flow/text/fresh.ts";
import { isErrorCode } from "../../engine/lib/errors/catalog.ts";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { createCatalog, type Catalog } from "../../engine/node/catalog.ts";
import type { FlowText } from "../../engine/store/project/flow-files.ts";
import type { AnyNode } from "../../engine/node/define.ts";
import type { FlowFile } from "../../engine/rpc/contract.ts";
import { revisionOf } from "../../engine/store/revision.ts";
import type { FlowReading, TriggerNode } from "../../engine/triggers/watched-flow.ts";
import { NODES } from "../../nodes/index.ts";

/** What the host knows of flows without running them. */
export interface FlowEngine {
  /** Always that of the nodes installed last. */
  catalog: Catalog;
  /** Takes the project's own node types in, in place of those from before. Returns those that are named like a built-in one, and left out. */
  install(nodes: readonly AnyNode[]): AnyNode[];
  read(text: string): FlowSource;
  /** `name`: what other flows of the project run it by. */
  analyze(text: string, name?: string): FlowAnalysis;
  /** A flow's text as it is read for running. */
  readForRunning(text: string, name?: string): FlowReading;
  newText(title: string): string;
  /** A flow file as lists show it. */
  describe(file: FlowText): FlowFile;
  /** Roles and ids of the models that the flow's steps name. */
  modelsOf(text: string): string[];
}

/** A flow as the text of a new file. */
export const flowText = (flow: Flow): string => freshText(flow);

/** Composes the pure engine with the built-in nodes. `flows`: those of the project, the same object until one changes. */
export function createFlowEngine(flows: () => Readonly<Record<string, Flow>> = () => NONE): FlowEngine {
  let installed = createCatalog(NODES);
  const catalog = following(() => installed);
  const library = libraryFollowing(flows, catalog, () => installed);
  const analyzeSource = (source: FlowSource, name?: string) =>
    analyzeFlow(source, catalog, { flows: library(), ...(name !== undefined && { name }) });
  // The flow that is open in the studio is analysed at every edit: what didn't change since isn't looked at again.
  let edited: { source: FlowSource; analyzer: Analyzer } | undefined;
  return {
    catalog,
    install(nodes) {
      const isBuiltIn = ({ type }: AnyNode) => NODES.some((node) => node.type === type);
      installed = createCatalog([...NODES, ...nodes.filter((node) => !isBuiltIn(node))]);
      edited = undefined;
      return nodes.filter(isBuiltIn);
    },
    read: (text) => readFlow(text),
    analyze(text, name) {
      const source = readFlow(text, edited?.source);
      edited = { source, analyzer: edited?.analyzer ?? createAnalyzer(catalog) };
      return edited.analyzer.analyze(source, { flows: library(), ...(name !== undefined && { name }) });
    },
    readForRunning(text, name) {
      const source = readFlow(text);
      const analysis = analyzeSource(source, name);
      const problem = problemOf(source, analysis);
      return {
        flow: source.flow,
        revision: revisionOf(text),
        triggers: triggersOf(source.flow, analysis, catalog),
        output: analysis.output,
        ...(problem && { problem: problem.toJSON() }),
      };
    },
    newText: newFlowText,
    describe(file) {
      const source = readFlow(file.text);
      return {
        name: file.name,
        title: source.flow.name || file.name,
        path: file.path,
        revision: file.revision,
        problems: analyzeSource(source, file.name).problems.length,
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

/** Whether a text was written by a newer Heddle. */
export const isNewer = (text: string): boolean => readFlow(text).readOnly === "newer-version";

const NONE: Readonly<Record<string, Flow>> = {};

/** What is known of the project's flows: worked out anew when a flow or the node types are other ones. */
function libraryFollowing(
  flows: () => Readonly<Record<string, Flow>>,
  catalog: Catalog,
  installed: () => Catalog,
): () => FlowLibrary {
  let made: { flows: Readonly<Record<string, Flow>>; installed: Catalog; library: FlowLibrary } | undefined;
  return () => {
    const now = { flows: flows(), installed: installed() };
    if (made?.flows !== now.flows || made.installed !== now.installed)
      made = { ...now, library: libraryOf(now.flows, catalog) };
    return made.library;
  };
}

/** A catalog that answers as the current one does, for what holds on to it. */
function following(current: () => Catalog): Catalog {
  return {
    has: (type) => current().has(type),
    types: () => current().types(),
    get: (type) => current().get(type),
    parse: (type, config) => current().parse(type, config),
    check: (type, config) => current().check(type, config),
    shape: (type, config, inference) => current().shape(type, config, inference),
    sites: (type, config) => current().sites(type, config),
    describe: () => current().describe(),
  };
}

/** What keeps the flow from running, the first of it. */
function problemOf({ problems, flow }: FlowSource, analysis: FlowAnalysis): HeddleError | undefined {
  const unreadable = problems.find(({ severity }) => severity === "error");
  if (unreadable && isErrorCode(unreadable.code)) return new HeddleError(unreadable.code, unreadable.params);
  const errors = analysis.problems.filter(({ severity }) => severity === "error");
  const [first] = errors;
  if (!first) return undefined;
  return new HeddleError("run.not-runnable", { flow: flow.name, count: errors.length, ...problemWords(first) });
}

/** Those whose config isn't valid are left out: the problems name them. */
function triggersOf(flow: Flow, { triggers }: FlowAnalysis, catalog: Catalog): TriggerNode[] {
  return triggers.flatMap(({ key, kind, input }) => {
    const node = flow.nodes[key]!;
    const config = catalog.get(node.type).config.safeParse(node.config ?? {});
    if (node.disabled || !config.success) return [];
    return [{ key, kind, input, title: node.title ?? key, config: config.data }];
  });
}
