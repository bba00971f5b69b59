import type { Family } from "../../../engine/node/define.ts";
import type { FlowNode, NodeAnalysis, Problem } from "../../../engine/flow/index.ts";
import { useShallow } from "zustand/shallow";
import { useDocument } from "../../document/store.ts";
import { useShapes } from "../../document/shapes.ts";
import { useText } from "../../i18n/index.ts";
import { useCatalog } from "../../rpc/index.ts";

export interface NodeFacts {
  node: FlowNode | undefined;
  /** What the step says it is; until the host has analysed it, what its type is. */
  shape: NodeAnalysis | undefined;
  family: Family;
  icon: string;
  title: string;
  typeTitle: string;
  known: boolean;
}

/** All that a card or a form needs to know of one node. Renders only when that node changes. */
export function useNode(key: string): NodeFacts {
  const node = useDocument((state) => state.flow.nodes[key]);
  const analysed = useDocument((state) => state.analysis?.nodes[key]);
  const type = useCatalog().get(node?.type ?? "");
  const shapes = useShapes();
  const text = useText();
  const typeTitle = type ? text(type.title) : (node?.type ?? "");
  return {
    node,
    shape: analysed ?? shapes[node?.type ?? ""],
    family: type?.family ?? "logic",
    icon: type?.icon ?? "puzzle",
    title: node?.title ?? typeTitle,
    typeTitle,
    known: type !== undefined,
  };
}

/** Whether a card is drawn as wrong. What was just put down and isn't wired yet is unfinished, which its badge says. */
export function useLooksBroken(key: string): boolean {
  const wired = useDocument(({ flow }) =>
    [...flow.edges, ...flow.bindings].some(({ from, to }) => from === key || to === key),
  );
  const worst = useNodeProblems(key)[0]?.severity;
  return worst === "error" && wired;
}

/** The problems of one node, errors first. */
export function useNodeProblems(key: string): readonly Problem[] {
  return useDocument(
    useShallow((state) => {
      const all = state.analysis?.problems.filter((problem) => problem.node === key) ?? [];
      return all.toSorted((a, b) => Number(b.severity === "error") - Number(a.severity === "error"));
    }),
  );
}
