import type { Family } from "../../../engine/node/define.ts";
import { useNode } from "../../canvas/node/use-node.ts";
import { useTranslation } from "react-i18next";
import type { Variable } from "../variables.ts";

/** Where a variable comes from: a step, a container that lends it, or the run itself. */
export function useSource({ node }: Variable): { family: Family; icon: string; title: string } {
  const { t } = useTranslation("inspector");
  const { family, icon, title } = useNode(node);
  return node === "" ? { family: "logic", icon: "variable", title: t("variables.ofRun") } : { family, icon, title };
}
