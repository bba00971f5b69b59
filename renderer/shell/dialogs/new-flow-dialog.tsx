import { useState } from "react";
import type { Project } from "../../../engine/rpc/contract.ts";
import { useErrorText, useTranslation } from "../../i18n/index.ts";
import { getRpc, QUERY, refresh } from "../../rpc/index.ts";
import { Button, Dialog, Field, Input } from "../../ui/index.ts";
import { openFlow } from "../project-actions.ts";
import { useShell } from "../store.ts";

/** Asks for a name and opens the new, empty flow. */
export function NewFlowDialog({ project }: { project: Project }) {
  const { t } = useTranslation();
  const errorText = useErrorText();
  const close = useShell((state) => state.closeOverlay);
  const [title, setTitle] = useState("");
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function create() {
    setBusy(true);
    try {
      const flow = await getRpc().flows.create({ title: title.trim() });
      await refresh(QUERY.flows);
      close();
      await openFlow(project, flow.name);
    } catch (error) {
      setProblem(errorText(error));
      setBusy(false);
    }
  }

  return (
    <Dialog
      open
      size="sm"
      onOpenChange={close}
      title={t("newFlow.title")}
      closeLabel={t("common.close")}
      footer={
        <>
          <Button onClick={close}>{t("common.cancel")}</Button>
          <Button variant="primary" type="submit" form="new-flow" busy={busy} disabled={title.trim() === ""}>
            {t("common.create")}
          </Button>
        </>
      }
    >
      <form
        id="new-flow"
        onSubmit={(event) => {
          event.preventDefault();
          if (title.trim()) void create();
        }}
      >
        <Field label={t("newFlow.name")} help={t("newFlow.help")} problem={problem}>
          <Input
            autoFocus
            value={title}
            placeholder={t("newFlow.placeholder")}
            onChange={(event) => setTitle(event.target.value)}
          />
        </Field>
      </form>
    </Dialog>
  );
}
