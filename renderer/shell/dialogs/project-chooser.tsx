import { useQuery } from "@tanstack/react-query";
import { Folder } from "lucide-react";
import { useState, type FormEvent } from "react";
import { useErrorText, useTranslation } from "../../i18n/index.ts";
import { getRpc, QUERY } from "../../rpc/index.ts";
import { Button, Checkbox, Field, Input, TabPanel, Tabs } from "../../ui/index.ts";
import { changeProject } from "../project-actions.ts";

type Mode = "open" | "create";

/** Recent projects, a folder to open, or a new project: one of them. */
export function ProjectChooser({ mode: first }: { mode: Mode }) {
  const { t } = useTranslation();
  const [mode, setMode] = useState<Mode>(first);
  return (
    <Tabs
      value={mode}
      onChange={setMode}
      label={t("project.title")}
      flush
      items={[
        { value: "open", label: t("project.open") },
        { value: "create", label: t("project.create") },
      ]}
    >
      <TabPanel value="open" className="pt-4">
        <OpenProject />
      </TabPanel>
      <TabPanel value="create" className="pt-4">
        <CreateProject />
      </TabPanel>
    </Tabs>
  );
}

/** Runs a change of project; the sentence of what went wrong, if it did. */
function useProjectChange(failed: string) {
  const errorText = useErrorText();
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const change = async (ask: () => Promise<unknown>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await changeProject(ask);
    } catch (error) {
      setProblem(`${failed}: ${errorText(error)}`);
    } finally {
      setBusy(false);
    }
  };
  return { problem, busy, change };
}

const submit = (send: () => void) => (event: FormEvent) => {
  event.preventDefault();
  send();
};

function OpenProject() {
  const { t } = useTranslation();
  const [path, setPath] = useState("");
  const recent = useQuery({ queryKey: QUERY.recent, queryFn: () => getRpc().projects.recent({}), staleTime: 0 });
  const { problem, busy, change } = useProjectChange(t("project.openFailed"));
  const open = (folder: string) => change(() => getRpc().projects.open({ path: folder }));
  return (
    <div className="flex flex-col gap-5">
      <form className="flex items-end gap-2" onSubmit={submit(() => void open(path.trim()))}>
        <Field label={t("project.path")} help={t("project.pathHelp")} problem={problem} className="flex-1">
          <Input
            mono
            value={path}
            placeholder={t("project.pathPlaceholder")}
            onChange={(event) => setPath(event.target.value)}
          />
        </Field>
        <Button variant="primary" type="submit" busy={busy} disabled={path.trim() === ""} className="mb-5.75">
          {t("common.open")}
        </Button>
      </form>
      <section>
        <h3 className="mb-1 text-12 font-semibold">{t("project.recent")}</h3>
        {recent.data?.length === 0 && <p className="text-12 text-ink-3">{t("project.noRecent")}</p>}
        <ul>
          {recent.data?.map((project) => (
            <li key={project.path}>
              <button
                type="button"
                disabled={!project.exists || busy}
                onClick={() => void open(project.path)}
                className="flex w-full items-center gap-2.5 rounded-control px-2 py-1.5 text-left hover:bg-hover disabled:opacity-50"
              >
                <Folder size={16} aria-hidden className="shrink-0 text-ink-3" />
                <span className="min-w-0 flex-1">
                  <span className="block truncate font-medium">{project.name}</span>
                  <span className="block truncate font-mono text-11 text-ink-3">{project.path}</span>
                </span>
                {!project.exists && <span className="text-12 text-ink-3">{t("project.missing")}</span>}
              </button>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}

function CreateProject() {
  const { t } = useTranslation();
  const [name, setName] = useState("");
  const [path, setPath] = useState("");
  const [sample, setSample] = useState(false);
  const { problem, busy, change } = useProjectChange(t("project.createFailed"));
  const create = () => change(() => getRpc().projects.create({ path: path.trim(), name: name.trim(), sample }));
  return (
    <form className="flex flex-col gap-4" onSubmit={submit(() => void create())}>
      <Field label={t("project.name")}>
        <Input
          autoFocus
          value={name}
          placeholder={t("project.namePlaceholder")}
          onChange={(event) => setName(event.target.value)}
        />
      </Field>
      <Field label={t("project.path")} help={t("project.pathHelp")} problem={problem}>
        <Input
          mono
          value={path}
          placeholder={t("project.pathPlaceholder")}
          onChange={(event) => setPath(event.target.value)}
        />
      </Field>
      <label className="flex items-center gap-2 text-13">
        <Checkbox checked={sample} onChange={setSample} label={t("project.withSample")} />
        {t("project.withSample")}
      </label>
      <Button variant="primary" type="submit" busy={busy} disabled={!name.trim() || !path.trim()} className="self-end">
        {t("common.create")}
      </Button>
    </form>
  );
}
