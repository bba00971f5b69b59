import { documentStore, useDocument } from "../../document/store.ts";
import { useErrorText, useTranslation } from "../../i18n/index.ts";
import { getRpc, QUERY, refresh } from "../../rpc/index.ts";
import { ConfirmDialog, notify } from "../../ui/index.ts";
import { useShell } from "../store.ts";

/** Asks before the open flow's file is deleted. */
export function RemoveFlowDialog() {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const close = useShell((state) => state.closeOverlay);
  const name = useDocument((state) => state.name);
  const title = useDocument((state) => state.flow.name);

  async function remove() {
    if (!name) return;
    try {
      await documentStore.getState().close();
      await getRpc().flows.remove({ name });
      await refresh(QUERY.flows);
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
