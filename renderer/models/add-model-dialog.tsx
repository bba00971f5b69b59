import { useQuery } from "@tanstack/react-query";
import { Cpu, Globe } from "lucide-react";
import { useState } from "react";
import { useErrorText, useTranslation } from "../i18n/index.ts";
import { getRpc, QUERY } from "../rpc/index.ts";
import { Button, Dialog, Field, Input, notify, Select } from "../ui/index.ts";

type Kind = "llama" | "openai-compatible";

const EMPTY = { id: "", path: "", url: "", model: "", secret: "" };

export interface AddModelDialogProps {
  /** A model on this machine that shall have another file. */
  replaces?: { id: string; path: string };
  onClose: () => void;
}

/** Adds a GGUF file or a server's model, or gives a model another file. */
export function AddModelDialog({ replaces, onClose }: AddModelDialogProps) {
  const { t } = useTranslation(["models", "shell"]);
  const errorText = useErrorText();
  const [kind, setKind] = useState<Kind>("llama");
  const [form, setForm] = useState({ ...EMPTY, ...replaces });
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const complete = form.id && (kind === "llama" ? form.path : form.url && form.model);
  const set = (part: Partial<typeof EMPTY>) => setForm({ ...form, ...part });

  async function add() {
    setBusy(true);
    setProblem(undefined);
    const { id, path, url, model, secret } = form;
    try {
      if (kind === "llama") await getRpc().models.add({ kind, id, path: path.trim() });
      else await getRpc().models.add({ kind, id, url: url.trim(), model: model.trim(), ...(secret && { secret }) });
      notify.done(t(replaces ? "replaced" : "added", { name: id }));
      // Shows at once whether it works; what is wrong stands on the model's card.
      getRpc()
        .models.load({ id })
        .catch(() => undefined);
      onClose();
    } catch (error) {
      setProblem(errorText(error));
      setBusy(false);
    }
  }

  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={replaces ? t("replaceTitle", { name: replaces.id }) : t("add")}
      closeLabel={t("shell:common.close")}
      footer={
        <>
          <Button onClick={onClose}>{t("shell:common.cancel")}</Button>
          <Button variant="primary" type="submit" form="add-model" busy={busy} disabled={!complete}>
            {t(replaces ? "replace" : "shell:common.add")}
          </Button>
        </>
      }
    >
      <form
        id="add-model"
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          if (complete) void add();
        }}
      >
        {!replaces && (
          <Field label={t("kind")}>
            <Select<Kind>
              value={kind}
              onChange={setKind}
              options={[
                { value: "llama", label: t("llama"), icon: <Cpu size={14} aria-hidden /> },
                { value: "openai-compatible", label: t("openai"), icon: <Globe size={14} aria-hidden /> },
              ]}
            />
          </Field>
        )}
        {kind === "llama" ? (
          <Field label={t("path")} help={t("pathHelp")} problem={problem}>
            <Input
              mono
              autoFocus
              value={form.path}
              placeholder="/models/qwen3-8b-q4_k_m.gguf"
              onChange={(event) => set(replaces ? { path: event.target.value } : fromPath(form.id, event.target.value))}
            />
          </Field>
        ) : (
          <UrlFields form={form} set={set} problem={problem} />
        )}
        {!replaces && (
          <Field label={t("id")} help={t("idHelp")}>
            <Input
              mono
              value={form.id}
              placeholder="qwen3-8b"
              onChange={(event) => set({ id: asId(event.target.value) })}
            />
          </Field>
        )}
      </form>
    </Dialog>
  );
}

interface UrlFieldsProps {
  form: typeof EMPTY;
  set: (part: Partial<typeof EMPTY>) => void;
  problem: string | undefined;
}

function UrlFields({ form, set, problem }: UrlFieldsProps) {
  const { t } = useTranslation("models");
  const secrets = useQuery({ queryKey: QUERY.secrets, queryFn: () => getRpc().secrets.names({}) }).data ?? [];
  return (
    <>
      <Field label={t("url")} help={t("urlHelp")} problem={problem}>
        <Input
          mono
          autoFocus
          value={form.url}
          placeholder="http://127.0.0.1:11434/v1"
          onChange={(event) => set({ url: event.target.value })}
        />
      </Field>
      <Field label={t("model")} help={t("modelHelp")}>
        <Input
          mono
          value={form.model}
          placeholder="qwen3:8b"
          onChange={(event) => set({ model: event.target.value })}
        />
      </Field>
      <Field label={t("secret")}>
        <Select
          value={form.secret || NONE}
          onChange={(secret) => set({ secret: secret === NONE ? "" : secret })}
          options={[{ value: NONE, label: t("noSecret") }, ...secrets.map((name) => ({ value: name, label: name }))]}
        />
      </Field>
    </>
  );
}

const NONE = " ";

const asId = (text: string): string => text.toLowerCase().replace(/[^a-z0-9._-]/g, "-");

/** A path typed first names the model too, as long as nobody named it otherwise. */
function fromPath(id: string, path: string): Partial<typeof EMPTY> {
  const name = asId(
    path
      .split(/[\\/]/)
      .at(-1)
      ?.replace(/\.gguf$/i, "") ?? "",
  );
  return id === "" || name.startsWith(id) || id.startsWith(name) ? { path, id: name } : { path };
}
