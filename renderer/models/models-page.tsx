import { Plus } from "lucide-react";
import { useState } from "react";
import { useTranslation } from "../i18n/index.ts";
import { useModels } from "../rpc/index.ts";
import { Button, Page, Spinner } from "../ui/index.ts";
import { AddModelDialog } from "./add-model-dialog.tsx";
import { ModelCard } from "./model-card.tsx";
import { Roles } from "./roles.tsx";

/** The models of this machine and the roles that the project gives them. */
export function ModelsPage() {
  const { t } = useTranslation(["models", "shell"]);
  const models = useModels();
  const [adding, setAdding] = useState(false);
  return (
    <Page
      title={t("title")}
      description={t("body")}
      actions={
        <Button variant="primary" icon={<Plus size={14} aria-hidden />} onClick={() => setAdding(true)}>
          {t("add")}
        </Button>
      }
    >
      {models ? (
        <>
          <ul aria-label={t("title")} className="mb-7 flex flex-col gap-3">
            {models.map((model) => (
              <li key={model.id}>
                <ModelCard model={model} />
              </li>
            ))}
          </ul>
          <Roles models={models} />
        </>
      ) : (
        <Spinner label={t("shell:common.loading")} />
      )}
      {adding && <AddModelDialog onClose={() => setAdding(false)} />}
    </Page>
  );
}
