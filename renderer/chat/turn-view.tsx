import { Check, Wrench } from "lucide-react";
import type { RunView, StepView } from "../../engine/run/view.ts";
import { useErrorText, useTranslation } from "../i18n/index.ts";
import { hasEnded, useRun, WaitCard, openWaits } from "../run/index.ts";
import { Callout, Spinner } from "../ui/index.ts";
import { spokenText, toolCalls, type Turn } from "./conversation.ts";

/** A message at the right, the flow's answer under it. */
export function TurnView({ turn, last }: { turn: Turn; last: boolean }) {
  const { t } = useTranslation("chat");
  return (
    <article className="flex flex-col gap-2">
      <p
        aria-label={t("you")}
        className="ml-12 self-end rounded-[12px] rounded-br-small bg-accent-soft px-3 py-1.5 break-words whitespace-pre-wrap"
      >
        {turn.message}
      </p>
      {turn.view ? <Reply view={turn.view} /> : <ReplyOfThePast answer={turn.answer} last={last} />}
    </article>
  );
}

/** A turn whose run this window didn't follow: the answer as the host kept it. */
function ReplyOfThePast({ answer, last }: { answer: string | undefined; last: boolean }) {
  const { t } = useTranslation("chat");
  if (answer !== undefined) {
    return (
      <div aria-label={t("flow")} className="mr-12">
        <p className="break-words whitespace-pre-wrap">{answer}</p>
      </div>
    );
  }
  return last ? <Beginning /> : <p className="text-12 text-ink-3">{t("unanswered")}</p>;
}

function Beginning() {
  const { t } = useTranslation("chat");
  const error = useRun((state) => state.error);
  const errorText = useErrorText();
  if (error) return <Callout tone="bad">{errorText(error)}</Callout>;
  return (
    <p className="flex items-center gap-2 text-12 text-ink-3">
      <Spinner size={13} />
      {t("thinking")}
    </p>
  );
}

function Reply({ view }: { view: RunView }) {
  const { t } = useTranslation("chat");
  const errorText = useErrorText();
  const text = spokenText(view);
  const ended = hasEnded(view);
  const waits = openWaits(view);
  return (
    <div aria-label={t("flow")} className="mr-12 flex flex-col items-start gap-1.5">
      {toolCalls(view).map((step) => (
        <ToolCall key={step.path} step={step} />
      ))}
      {text && (
        <p className="break-words whitespace-pre-wrap">
          {text}
          {!ended && (
            <span aria-hidden className="ml-0.5 inline-block h-3.25 w-1.5 animate-caret bg-accent align-[-2px]" />
          )}
        </p>
      )}
      {waits.map((step) => (
        <div key={step.path} className="w-full max-w-140">
          <WaitCard runId={view.runId} step={step} wait={step.wait!} />
        </div>
      ))}
      {!ended && !text && waits.length === 0 && (
        <p className="flex items-center gap-2 text-12 text-ink-3">
          <Spinner size={13} />
          {t("thinking")}
        </p>
      )}
      {view.error && <Callout tone="bad">{errorText(view.error)}</Callout>}
      {view.state === "cancelled" && <p className="text-12 text-ink-3">{t("cancelled")}</p>}
      {view.state === "succeeded" && !text && <p className="text-12 text-ink-3">{t("noAnswer")}</p>}
    </div>
  );
}

function ToolCall({ step }: { step: StepView }) {
  const { t } = useTranslation("chat");
  const done = step.state === "completed";
  const args = JSON.stringify(step.tool?.arguments);
  return (
    <span className="inline-flex max-w-full items-center gap-1.5 rounded-full bg-line-2 px-2 py-0.5 text-12 text-ink-2">
      {done ? (
        <Check size={12} aria-hidden className="text-ok" />
      ) : (
        <Wrench size={12} aria-hidden className="text-family-tools" />
      )}
      {t(done ? "called" : "calling", { tool: step.tool?.name })}
      <span className="truncate font-mono text-11 text-ink-3">{args}</span>
    </span>
  );
}
