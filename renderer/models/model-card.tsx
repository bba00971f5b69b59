import { Cpu, FileSearch, Globe, Trash2 } from "lucide-react";
import { useState } from "react";
import type { ModelStatus } from "../../engine/rpc/contract.ts";
import { useErrorText, useTranslation } from "../i18n/index.ts";
import { getRpc } from "../rpc/index.ts";
import { formatBytes } from "../run/index.ts";
import { AddModelDialog } from "./add-model-dialog.tsx";
import { Badge, Button, Callout, Card, ConfirmDialog, IconButton, notify, StatusDot, type Tone } from "../ui/index.ts";

const TONES: Record<ModelStatus["state"], Tone> = {
  idle: "neutral",
  starting: "warn",
  ready: "ok",
  failed: "bad",
  remote: "info",
};

/** One model: what it is, how it is, and what can be done with it. */
export function ModelCard({ model }: { model: ModelStatus }) {
  const { t } = useTranslation("models");
  const errorText = useErrorText();
  const [choosing, setChoosing] = useState(false);
  const Icon = model.kind === "llama" ? Cpu : Globe;
  const otherFile = model.kind === "llama" && !model.demo && (
    <Button size="sm" icon={<FileSearch size={12} aria-hidden />} onClick={() => setChoosing(true)}>
      {t("chooseFile")}
    </Button>
  );
  return (
    <Card className="p-4">
      <div className="flex items-center gap-3">
        <span
          aria-hidden
          className="grid size-9 shrink-0 place-items-center rounded-[8px] bg-family-models text-on-family"
        >
          <Icon size={18} />
        </span>
        <div className="min-w-0 flex-1">
          <div className="flex flex-wrap items-center gap-2">
            <h2 className="truncate text-14 font-semibold">{model.title}</h2>
            <span className="font-mono text-11 text-ink-3">{model.id}</span>
            {model.demo && <Badge tone="warn">{t("demo")}</Badge>}
            {model.roles.map((role) => (
              <Badge key={role}>{role}</Badge>
            ))}
          </div>
          <ModelFacts model={model} />
        </div>
        <ModelActions model={model} />
      </div>
      {model.demo && <p className="mt-3 border-t border-line-2 pt-3 text-12 text-pretty text-ink-2">{t("demoNote")}</p>}
      {model.error && (
        <Callout tone="bad" className="mt-3" actions={otherFile}>
          {errorText(model.error)}
        </Callout>
      )}
      {choosing && (
        <AddModelDialog replaces={{ id: model.id, path: model.path ?? "" }} onClose={() => setChoosing(false)} />
      )}
    </Card>
  );
}

function ModelFacts({ model }: { model: ModelStatus }) {
  const { t } = useTranslation("models");
  const facts = [
    model.device,
    model.memory !== undefined && formatBytes(model.memory),
    model.contextSize !== undefined && t("contextTokens", { count: model.contextSize }),
    model.state === "idle" && t("idleHelp"),
  ].filter(Boolean);
  const place = model.url ?? model.path;
  return (
    <>
      <div className="mt-0.5 flex items-center gap-1.75 text-12 text-ink-2">
        <StatusDot tone={TONES[model.state]} pulse={model.state === "starting"} />
        <span>{t(`state.${model.state}`)}</span>
        {facts.length > 0 && <span className="truncate text-ink-3 tabular-nums">· {facts.join(" · ")}</span>}
      </div>
      {place && <div className="truncate font-mono text-11 text-ink-3">{place}</div>}
    </>
  );
}

function ModelActions({ model }: { model: ModelStatus }) {
  const { t } = useTranslation(["models", "shell"]);
  const errorText = useErrorText();
  const [busy, setBusy] = useState(false);
  const [removing, setRemoving] = useState(false);
  const ask = async (call: () => Promise<unknown>, failed?: string) => {
    setBusy(true);
    try {
      await call();
      if (model.kind === "openai-compatible" && !failed) notify.done(t("testOk", { name: model.id }));
    } catch (error) {
      notify.failed(failed ?? errorText(error), failed && errorText(error));
    } finally {
      setBusy(false);
    }
  };
  const { id } = model;
  return (
    <div className="flex shrink-0 items-center gap-1.5">
      {model.state === "ready" ? (
        <Button busy={busy} onClick={() => void ask(() => getRpc().models.unload({ id }))}>
          {t("unload")}
        </Button>
      ) : (
        <Button busy={busy || model.state === "starting"} onClick={() => void ask(() => getRpc().models.load({ id }))}>
          {t(model.kind === "llama" ? "load" : "test")}
        </Button>
      )}
      {!model.demo && (
        <IconButton label={t("remove", { name: id })} onClick={() => setRemoving(true)}>
          <Trash2 size={15} aria-hidden />
        </IconButton>
      )}
      <ConfirmDialog
        open={removing}
        onOpenChange={setRemoving}
        title={t("removeTitle", { name: id })}
        description={t("removeBody")}
        confirmLabel={t("shell:common.remove")}
        cancelLabel={t("shell:common.cancel")}
        onConfirm={() => void ask(() => getRpc().models.remove({ id }), t("removeFailed"))}
      />
    </div>
  );
}
