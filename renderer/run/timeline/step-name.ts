import { useMemo } from "react";
import type { Family } from "../../../engine/node/define.ts";
import type { StepView } from "../../../engine/run/view.ts";
import { useDocument } from "../../document/store.ts";
import { useTranslation, useText } from "../../i18n/index.ts";
import { useCatalog } from "../../rpc/index.ts";
import { innerName, runsFlow } from "./inner-name.ts";

export interface NodeLook {
  title: string;
  family: Family;
  icon: string;
}

/** How nodes are called and drawn, by key: the open flow's titles, the catalog's icons. Keys of another flow stay keys. */
export function useNodeLook(): (key: string) => NodeLook {
  const nodes = useDocument((state) => state.flow.nodes);
  const catalog = useCatalog();
  const text = useText();
  return useMemo(
    () => (key) => {
      const node = nodes[key];
      const type = node && catalog.get(node.type);
      return {
        title: node?.title ?? (type ? text(type.title) : key),
        family: type?.family ?? "logic",
        icon: type?.icon ?? "square-dashed",
      };
    },
    [nodes, catalog, text],
  );
}

/** How a step inside a node is called: the tool's name, or which model call it was; `tools` is where an agent asks its servers what they offer. */
export function useInnerName(): (step: StepView, inner: string) => string {
  const { t } = useTranslation("run");
  const nodes = useDocument((state) => state.flow.nodes);
  const catalog = useCatalog();
  return (step, inner) => {
    if (step.tool) return step.tool.name;
    const name = innerName(step, inner, runsFlow(catalog.get(nodes[step.node]?.type ?? "")));
    return name ? t(`step.${name.word}`, { n: name.n }) : inner;
  };
}
