import { useState } from "react";
import { useErrorText, useTranslation } from "../i18n/index.ts";
import { getRpc, QUERY, refresh, useInfo } from "../rpc/index.ts";
import { Button, Card, Field, Input, notify, Section } from "../ui/index.ts";
import { KEPT_LIMITS, readKept, type KeptDraft } from "./kept-draft.ts";

/** How long runs that have ended are kept. */
export function KeptRuns() {
  const { t } = useTranslation(["settings", "shell"]);
  const errorText = useErrorText();
  const kept = useInfo().data?.settings.keptRuns;
  const [typed, setTyped] = useState<KeptDraft>();
  if (!kept) return null;
  const draft = typed ?? { days: String(kept.days), runs: String(kept.runs) };
  const { value, problems } = readKept(draft);

  async function save() {
    if (!value) return;
    try {
      await getRpc().system.saveSettings({ keptRuns: value });
      await refresh(QUERY.info);
      setTyped(undefined);
      notify.done(t("keptSaved"));
    } catch (error) {
      notify.failed(t("keptFailed"), errorText(error));
    }
  }

  const number = (name: keyof KeptDraft, label: string, unit: string) => (
    <Field label={label} aside={unit} problem={problems.includes(name) && t("keptInvalid", KEPT_LIMITS[name])}>
      <Input
        inputMode="numeric"
        value={draft[name]}
        onChange={(event) => setTyped({ ...draft, [name]: event.target.value })}
      />
    </Field>
  );
  return (
    <Section title={t("keptRuns")} description={t("keptRunsBody")}>
      <Card className="p-4">
        <form
          className="grid grid-cols-[1fr_1fr_auto] items-start gap-5"
          onSubmit={(event) => {
            event.preventDefault();
            void save();
          }}
        >
          {number("days", t("keptDays"), t("keptDaysUnit"))}
          {number("runs", t("keptCount"), t("keptCountUnit"))}
          <Button type="submit" className="mt-6" disabled={!typed || !value}>
            {t("shell:common.save")}
          </Button>
        </form>
      </Card>
    </Section>
  );
}
