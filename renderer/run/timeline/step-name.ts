import { useMemo } from "react";
import type { Family } from "../../../engine/node/define.ts";
import type { StepView } from "../../../engine/run/view.ts";
import { useDocument } from "../../document/store.ts";
import { useTranslation, useText } from "../../i18n/index.ts";
import { useCatalog } from "../../rpc/index.ts";

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

/** A call of a model inside a node. */
export const MODEL_CALL = /^model (\d+)$/;
const DEADLINE = / deadline$/;
const ANSWER = /^answer( \d+)?$/;

/** How a step inside a node is called: the tool's name, or which model call it was; `tools` is where an agent asks its servers what they offer. */
export function useInnerName(): (step: StepView, inner: string) => string {
  const { t } = useTranslation("run");
  return (step, inner) => {
    if (step.tool) return step.tool.name;
    if (inner === "tools") return t("step.tools");
    if (DEADLINE.test(inner)) return t("step.deadline");
    if (ANSWER.test(inner)) return t("step.answer");
    if (inner === "event") return t("step.event");
    const call = MODEL_CALL.exec(inner);
    return call ? t("step.model", { n: call[1] }) : inner;
  };
}
