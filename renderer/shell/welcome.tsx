import { useTranslation } from "../i18n/index.ts";
import { ProjectChooser } from "./dialogs/project-chooser.tsx";
import { Logo } from "./logo.tsx";

/** The first page when no project is open. */
export function Welcome() {
  const { t } = useTranslation();
  return (
    <main className="grid h-full place-items-center overflow-y-auto bg-canvas p-6">
      <div className="w-135 max-w-full rounded-card border border-line bg-panel p-6 shadow-float">
        <Logo size={32} />
        <h1 className="mt-3 text-20 font-semibold text-balance">{t("welcome.title")}</h1>
        <p className="mt-1 mb-4 text-ink-2">{t("welcome.body")}</p>
        <ProjectChooser mode="open" />
      </div>
    </main>
  );
}
