import { Send, Square } from "lucide-react";
import { useMemo, useState } from "react";
import type { JsonSchema } from "../../engine/lib/json.ts";
import { isJsonObject } from "../../engine/lib/json.ts";
import type { RunView } from "../../engine/run/view.ts";
import { useErrorText, useLanguage, useTranslation } from "../i18n/index.ts";
import {
  draftOf,
  formatDuration,
  hasEnded,
  readDraft,
  RUN_TONES,
  SchemaForm,
  schemaFields,
  type Draft,
} from "../run/index.ts";
import { Badge, Button, Callout, JsonView } from "../ui/index.ts";
import { useCall } from "./use-call.ts";

/** Calls the published flow over HTTP, as any program would, and shows what streams back. */
export function CallForm({ flow, schema }: { flow: string; schema: JsonSchema | undefined }) {
  const { t } = useTranslation("publish");
  const language = useLanguage();
  const fields = useMemo(() => schemaFields(schema, language), [schema, language]);
  const [typed, setTyped] = useState<Draft>({});
  const [asked, setAsked] = useState(false);
  const draft = { ...draftOf(fields), ...typed };
  const read = readDraft(fields, draft);
  const { view, busy, error, send, stop } = useCall(flow);
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (read.ok) send(read.value);
      }}
    >
      <SchemaForm
        fields={fields}
        draft={draft}
        onChange={setTyped}
        {...(asked && !read.ok && { problems: read.problems })}
      />
      {busy ? (
        <Button className="self-start" icon={<Square size={11} fill="currentColor" aria-hidden />} onClick={stop}>
          {t("dialog.stop")}
        </Button>
      ) : (
        <Button variant="primary" type="submit" className="self-start" icon={<Send size={13} aria-hidden />}>
          {t("dialog.send")}
        </Button>
      )}
      {error && <CallProblem error={error} />}
      {view && <CallAnswer view={view} />}
    </form>
  );
}

function CallProblem({ error }: { error: unknown }) {
  const { t } = useTranslation("publish");
  const errorText = useErrorText();
  return (
    <Callout tone="bad">
      <div className="font-semibold">{t("dialog.problem")}</div>
      {errorText(error)}
    </Callout>
  );
}

function CallAnswer({ view }: { view: RunView }) {
  const { t } = useTranslation(["publish", "run"]);
  const ended = hasEnded(view);
  const recorded = isJsonObject(view.output) ? view.output["text"] : undefined;
  const text = typeof recorded === "string" ? recorded : view.answer;
  return (
    <section aria-label={t("dialog.answer")} className="rounded-[8px] border border-line bg-sunken p-3">
      <div className="mb-1.5 flex items-center gap-2 text-12 text-ink-3 tabular-nums">
        <Badge tone={RUN_TONES[view.state]}>{t(`run:state.${view.state}`)}</Badge>
        {view.endedAt !== undefined && formatDuration(view.endedAt - view.startedAt)}
        <span className="ml-auto truncate font-mono text-11">{view.runId}</span>
      </div>
      {text && (
        <p aria-live="polite" className="break-words whitespace-pre-wrap">
          {text}
          {!ended && (
            <span aria-hidden className="ml-0.5 inline-block h-3.25 w-1.5 animate-caret bg-accent align-[-2px]" />
          )}
        </p>
      )}
      {view.error && <CallProblem error={view.error} />}
      {view.output !== undefined && (
        <details className="mt-2">
          <summary className="text-12 text-ink-2">{t("dialog.output")}</summary>
          <JsonView value={view.output} className="mt-1.5" />
        </details>
      )}
    </section>
  );
}
