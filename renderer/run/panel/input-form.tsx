import { Play } from "lucide-react";
import { useEffect, useMemo, useRef } from "react";
import type { FlowAnalysis } from "../../../engine/flow/index.ts";
import { useDocument } from "../../document/store.ts";
import { useLanguage, useTranslation } from "../../i18n/index.ts";
import { Button, Field, Select } from "../../ui/index.ts";
import { draftOf, readDraft, schemaFields } from "../form/schema-fields.ts";
import { SchemaForm } from "../form/schema-form.tsx";
import { useRunInputs } from "../input-store.ts";
import { chosenTrigger, runOpenFlow } from "../run-flow.ts";
import { useNodeLook } from "../timeline/step-name.ts";

/** The open flow's own form. Ctrl/Cmd Enter in a field starts the run. */
export function InputForm({ busy, onStarted }: { busy: boolean; onStarted: () => void }) {
  const { t } = useTranslation("run");
  const language = useLanguage();
  const path = useDocument((state) => state.path);
  const analysis = useDocument((state) => state.analysis);
  const triggers = useRunInputs((state) => state.triggers);
  const { input: schema, place } = chosenTrigger(path, analysis, triggers);
  const typed = useRunInputs((state) => state.drafts[place]);
  const last = useRunInputs((state) => state.last[place]);
  const asked = useRunInputs((state) => state.asked);
  const edit = useRunInputs((state) => state.edit);
  const fields = useMemo(() => schemaFields(schema, language), [schema, language]);
  const draft = useMemo(() => typed ?? draftOf(fields, last), [typed, fields, last]);
  const read = readDraft(fields, draft);
  const start = () => runOpenFlow() && onStarted();
  const form = useFocusWhenShown();
  return (
    <form
      ref={form}
      aria-label={t("form.title")}
      className="flex flex-col gap-3 px-3 pt-1 pb-3"
      onSubmit={(event) => {
        event.preventDefault();
        start();
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) start();
      }}
    >
      <TriggerChoice />
      {fields.length === 0 ? (
        <p className="text-12 text-ink-3">{t("form.noFields")}</p>
      ) : (
        <SchemaForm
          fields={fields}
          draft={draft}
          onChange={(next) => edit(place, next)}
          {...(asked && !read.ok && { problems: read.problems })}
        />
      )}
      <Button
        variant="primary"
        type="submit"
        busy={busy}
        disabled={!schema}
        icon={<Play size={12} fill="currentColor" aria-hidden />}
        className="self-start"
      >
        {t("form.start")}
      </Button>
    </form>
  );
}

/** Which of several triggers the run begins with. */
function TriggerChoice() {
  const { t } = useTranslation(["run", "triggers"]);
  const path = useDocument((state) => state.path);
  const look = useNodeLook();
  const triggers = useDocument((state) => state.analysis?.triggers) ?? NO_TRIGGERS;
  const chosen = useRunInputs((state) => state.triggers[path]);
  const beginWith = useRunInputs((state) => state.beginWith);
  const [first] = triggers;
  if (!first || triggers.length < 2) return null;
  return (
    <Field label={t("form.beginWith")}>
      <Select
        value={chosen ?? first.key}
        onChange={(key) => beginWith(path, key)}
        options={triggers.map(({ key, kind }) => ({
          value: key,
          label: look(key).title,
          hint: t(`triggers:kind.${kind}`),
        }))}
      />
    </Field>
  );
}

const NO_TRIGGERS: FlowAnalysis["triggers"] = [];

/** Puts the cursor where typing is needed when the form is asked for: into the first gap, else the first field. */
function useFocusWhenShown() {
  const form = useRef<HTMLFormElement>(null);
  const wanted = useRunInputs((state) => state.wanted);
  const formShown = useRunInputs((state) => state.formShown);
  useEffect(() => {
    if (!wanted) return;
    formShown();
    const field =
      form.current?.querySelector<HTMLElement>("[aria-invalid=true]") ??
      form.current?.querySelector<HTMLElement>(FIELDS);
    field?.focus();
  }, [wanted, formShown]);
  return form;
}

const FIELDS = "input, textarea, [role=combobox], [role=switch]";
