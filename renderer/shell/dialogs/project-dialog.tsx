import { useTranslation } from "../../i18n/index.ts";
import { Dialog } from "../../ui/index.ts";
import { useShell } from "../store.ts";
import { ProjectChooser } from "./project-chooser.tsx";

/** Opens another project or makes one. */
export function ProjectDialog({ mode }: { mode: "open" | "create" }) {
  const { t } = useTranslation();
  const close = useShell((state) => state.closeOverlay);
  return (
    <Dialog
      open
      onOpenChange={close}
      title={t("project.title")}
      description={t("project.body")}
      closeLabel={t("common.close")}
    >
      <ProjectChooser mode={mode} />
    </Dialog>
  );
}
