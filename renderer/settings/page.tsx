import { FolderOpen, Monitor, Moon, Sun } from "lucide-react";
import type { Language } from "../../engine/lib/text.ts";
import { useTranslation } from "../i18n/index.ts";
import { useInfo } from "../rpc/index.ts";
import { useShell } from "../shell/store.ts";
import { Button, Card, Field, Page, Section, Select } from "../ui/index.ts";
import { KeptRuns } from "./kept-runs.tsx";
import { Secrets } from "./secrets.tsx";
import { setLanguage, setTheme, useSettings, type Theme } from "./store.ts";

const LANGUAGE_NAMES: { value: Language; label: string }[] = [
  { value: "en", label: "English" },
  { value: "zh", label: "简体中文" },
];

const THEME_ICONS = {
  light: <Sun size={14} aria-hidden />,
  dark: <Moon size={14} aria-hidden />,
  system: <Monitor size={14} aria-hidden />,
};

/** Language, theme, secrets and where the project lives. */
export function SettingsPage() {
  const { t } = useTranslation("settings");
  return (
    <Page title={t("title")}>
      <Appearance />
      <Secrets />
      <ProjectSection />
      <KeptRuns />
      <About />
    </Page>
  );
}

function Appearance() {
  const { t } = useTranslation("settings");
  const { language, theme } = useSettings();
  return (
    <Section title={t("appearance")}>
      <Card className="grid grid-cols-2 gap-5 p-4">
        <Field label={t("language")} help={t("languageHelp")}>
          <Select value={language} onChange={(next) => void setLanguage(next)} options={LANGUAGE_NAMES} />
        </Field>
        <Field label={t("themeLabel")}>
          <Select<Theme>
            value={theme}
            onChange={(next) => void setTheme(next)}
            options={(["system", "light", "dark"] as const).map((value) => ({
              value,
              label: t(`theme.${value}`),
              icon: THEME_ICONS[value],
            }))}
          />
        </Field>
      </Card>
    </Section>
  );
}

function ProjectSection() {
  const { t } = useTranslation("settings");
  const show = useShell((state) => state.open);
  const project = useInfo().data?.project;
  if (!project) return null;
  return (
    <Section
      title={t("project")}
      actions={
        <Button icon={<FolderOpen size={14} aria-hidden />} onClick={() => show("project")}>
          {t("openOther")}
        </Button>
      }
    >
      <Card className="divide-y divide-line-2">
        <Fact name={t("projectName")}>{project.name}</Fact>
        <Fact name={t("projectFolder")} mono>
          {project.path}
        </Fact>
      </Card>
    </Section>
  );
}

function About() {
  const { t } = useTranslation("settings");
  const info = useInfo().data;
  if (!info) return null;
  return (
    <Section title={t("about")}>
      <p className="text-12 text-ink-2">{t("version", { version: info.version, platform: info.platform })}</p>
      <p className="text-12 text-ink-3">{t("local")}</p>
    </Section>
  );
}

function Fact({ name, mono, children }: { name: string; mono?: boolean; children: string }) {
  return (
    <div className="flex items-baseline gap-4 px-4 py-2.5">
      <span className="w-28 shrink-0 text-12 text-ink-3">{name}</span>
      <span className={mono ? "min-w-0 font-mono text-12 break-all" : "min-w-0 break-words"}>{children}</span>
    </div>
  );
}
