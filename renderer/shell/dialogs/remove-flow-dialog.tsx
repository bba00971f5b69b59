import { useDocument } from "../../document/store.ts";
import { useErrorText, useTranslation } from "../../i18n/index.ts";
import { ConfirmDialog, notify } from "../../ui/index.ts";
import { removeOpenFlow } from "../project-actions.ts";
import { useShell } from "../store.ts";

/** Asks before the open flow's file is deleted. */
export function RemoveFlowDialog() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const close = useShell((state) => state.closeOverlay);
  const title = useDocument((state) => state.flow.name);

  async function remove() {
    try {
      await removeOpenFlow();
    } catch (error) {
      notify.failed(t("removeFlow.failed"), errorText(error));
    }
  }

  return (
    <ConfirmDialog
      open
      onOpenChange={close}
      title={t("removeFlow.title", { name: title })}
      description={t("removeFlow.body")}
      confirmLabel={t("removeFlow.confirm")}
      cancelLabel={t("common.cancel")}
      onConfirm={() => void remove()}
    />
  );
}
