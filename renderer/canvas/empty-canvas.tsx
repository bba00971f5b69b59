import { Workflow } from "lucide-react";
import { useTranslation } from "react-i18next";
import { useDocument } from "../document/store.ts";
import { useText } from "../i18n/index.ts";
import { useNodeTypes } from "../rpc/index.ts";
import { useShapes } from "../document/shapes.ts";
import { Button, EmptyState, NodeChip } from "../ui/index.ts";
import { addStep } from "./act/add.ts";

/** A flow without steps: says how one is drawn and puts the first step down. */
export function EmptyCanvas() {
  const { t } = useTranslation("canvas");
  const text = useText();
  const shapes = useShapes();
  const empty = useDocument(
    (state) => state.name !== null && !state.loading && !state.broken && Object.keys(state.flow.nodes).length === 0,
  );
  const editable = useDocument((state) => state.editable);
  const types = useNodeTypes();
  const first =
    types.find(({ trigger }) => trigger === "manual") ?? types.find(({ type }) => shapes[type]?.hasInput === false);
  if (!empty) return null;
  return (
    <div className="pointer-events-none absolute inset-0 z-5 grid place-items-center">
      <div className="pointer-events-auto">
        <EmptyState
          icon={<Workflow size={22} aria-hidden />}
          title={t("empty.title")}
          action={
            first && (
              <Button
                variant="primary"
                disabled={!editable}
                icon={<NodeChip family={first.family} icon={first.icon} size="xs" />}
                onClick={() => addStep(first.type)}
              >
                {t("empty.action", { name: text(first.title) })}
              </Button>
            )
          }
        >
          {t("empty.text")}
        </EmptyState>
      </div>
    </div>
  );
}
