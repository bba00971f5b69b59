import { FilePlus2 } from "lucide-react";
import { useTranslation } from "../../i18n/index.ts";
import { Button, EmptyState } from "../../ui/index.ts";
import { useShell } from "../store.ts";

/** A project without flows: what a flow is, and the way to the first. */
export function NoFlows() {
  const { t } = useTranslation();
  const show = useShell((state) => state.open);
  return (
    <main className="h-full bg-canvas">
      <EmptyState
        icon={<FilePlus2 size={22} aria-hidden />}
        title={t("noFlows.title")}
        action={
          <Button variant="primary" onClick={() => show("new-flow")}>
            {t("noFlows.action")}
          </Button>
        }
      >
        {t("noFlows.body")}
      </EmptyState>
    </main>
  );
}
