import { useQuery } from "@tanstack/react-query";
import { KeyRound, PencilLine, Trash2 } from "lucide-react";
import { useState } from "react";
import { useErrorText, useTranslation } from "../i18n/index.ts";
import { getRpc, QUERY, refresh } from "../rpc/index.ts";
import { Button, Card, ConfirmDialog, Field, IconButton, Input, notify, Section } from "../ui/index.ts";

/** The names of the secrets. Values go in and never come out. */
export function Secrets() {
  const { t } = useTranslation(["settings", "shell"]);
  const names = useQuery({ queryKey: QUERY.secrets, queryFn: () => getRpc().secrets.names({}) }).data;
  const [form, setForm] = useState<{ name: string } | null>(null);
  const [removing, setRemoving] = useState<string | null>(null);
  const remove = async (name: string) => {
    await getRpc().secrets.remove({ name });
    await refresh(QUERY.secrets);
  };
  return (
    <Section
      title={t("secrets")}
      description={t("secretsBody")}
      actions={!form && <Button onClick={() => setForm({ name: "" })}>{t("addSecret")}</Button>}
    >
      <Card className="divide-y divide-line-2">
        {form && <SecretForm key={form.name} name={form.name} onDone={() => setForm(null)} />}
        {names?.length === 0 && !form && <p className="px-4 py-3.5 text-12 text-ink-3">{t("noSecrets")}</p>}
        {names?.map((name) => (
          <div key={name} className="flex items-center gap-2.5 py-1.5 pr-2 pl-4">
            <KeyRound size={14} aria-hidden className="text-ink-3" />
            <span className="min-w-0 flex-1 truncate font-mono text-12">{name}</span>
            <span aria-hidden className="font-mono text-12 text-ink-3">
              ••••••••
            </span>
            <IconButton label={t("replaceSecret", { name })} onClick={() => setForm({ name })}>
              <PencilLine size={14} aria-hidden />
            </IconButton>
            <IconButton label={t("removeSecret", { name })} onClick={() => setRemoving(name)}>
              <Trash2 size={14} aria-hidden />
            </IconButton>
          </div>
        ))}
      </Card>
      <ConfirmDialog
        open={removing !== null}
        onOpenChange={() => setRemoving(null)}
        title={t("removeSecretTitle", { name: removing ?? "" })}
        description={t("removeSecretBody")}
        confirmLabel={t("shell:common.remove")}
        cancelLabel={t("shell:common.cancel")}
        onConfirm={() => removing && void remove(removing)}
      />
    </Section>
  );
}

function SecretForm({ name: known, onDone }: { name: string; onDone: () => void }) {
  const { t } = useTranslation(["settings", "shell"]);
  const errorText = useErrorText();
  const [name, setName] = useState(known);
  const [value, setValue] = useState("");
  const [problem, setProblem] = useState<string>();
  async function save() {
    try {
      await getRpc().secrets.set({ name: name.trim(), value });
      await refresh(QUERY.secrets);
      notify.done(t("secretSaved", { name: name.trim() }));
      onDone();
    } catch (error) {
      setProblem(errorText(error));
    }
  }
  return (
    <form
      className="flex items-start gap-3 p-4"
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <Field label={t("secretName")} help={t("secretNameHelp")} problem={problem} className="flex-1">
        <Input
          mono
          autoFocus={!known}
          readOnly={known !== ""}
          value={name}
          placeholder="SHOP_KEY"
          onChange={(event) => setName(event.target.value.toUpperCase().replace(/[^A-Z0-9_]/g, "_"))}
        />
      </Field>
      <Field label={t("secretValue")} className="flex-1">
        <Input
          type="password"
          autoComplete="new-password"
          autoFocus={known !== ""}
          value={value}
          onChange={(event) => setValue(event.target.value)}
        />
      </Field>
      <div className="flex gap-2 pt-6.25">
        <Button onClick={onDone}>{t("shell:common.cancel")}</Button>
        <Button variant="primary" type="submit" disabled={!name || !value}>
          {t("shell:common.save")}
        </Button>
      </div>
    </form>
  );
}
