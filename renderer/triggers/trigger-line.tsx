import { CalendarClock, FolderSearch, Plug, Send, Webhook, type LucideIcon } from "lucide-react";
import { useState } from "react";
import type { TriggerStatus } from "../../engine/rpc/contract.ts";
import { useErrorText, useLanguage, useTranslation } from "../i18n/index.ts";
import { formatSpan, formatMoment, useNow } from "../run/index.ts";
import { useShowRun } from "../runs/index.ts";
import { Badge, Button, Callout, CopyButton } from "../ui/index.ts";
import { callSnippet } from "./call-snippet.ts";
import { TestDialog } from "./test-dialog.tsx";

const ICONS: Partial<Record<TriggerStatus["kind"], LucideIcon>> = {
  webhook: Webhook,
  schedule: CalendarClock,
  files: FolderSearch,
  mcp: Plug,
};

/** One trigger: where it listens, when it fires next, what it did last. */
export function TriggerLine({ trigger }: { trigger: TriggerStatus }) {
  const { t } = useTranslation("triggers");
  const errorText = useErrorText();
  const [testing, setTesting] = useState(false);
  const Icon = ICONS[trigger.kind] ?? Webhook;
  return (
    <li className="flex flex-col gap-2.5 px-4 py-3">
      <div className="flex items-center gap-2.5">
        <span
          aria-hidden
          className="grid size-6.5 shrink-0 place-items-center rounded-[7px] bg-family-io text-on-family"
        >
          <Icon size={15} />
        </span>
        <span className="min-w-0 truncate font-medium">{trigger.title}</span>
        <span className="font-mono text-11 text-ink-3">{trigger.node}</span>
        <Badge>{t(`kind.${trigger.kind}`)}</Badge>
        <span className="flex-1" />
        <Button size="sm" icon={<Send size={12} aria-hidden />} onClick={() => setTesting(true)}>
          {t("test")}
        </Button>
      </div>
      {trigger.url && <Address trigger={trigger} url={trigger.url} />}
      <Times trigger={trigger} />
      {trigger.error && <Callout tone="bad">{errorText(trigger.error)}</Callout>}
      {testing && <TestDialog trigger={trigger} onClose={() => setTesting(false)} />}
    </li>
  );
}

function Address({ trigger, url }: { trigger: TriggerStatus; url: string }) {
  const { t } = useTranslation(["triggers", "shell"]);
  const [shown, setShown] = useState(false);
  const snippet = callSnippet(trigger);
  return (
    <div className="flex flex-col gap-2">
      <div className="flex h-7.5 items-center gap-1 rounded-control border border-line bg-sunken pr-1 pl-2.25">
        <code className="min-w-0 flex-1 truncate font-mono text-12">{url}</code>
        {snippet && (
          <Button size="sm" variant="ghost" aria-expanded={shown} onClick={() => setShown(!shown)}>
            {t(trigger.kind === "mcp" ? "clientEntry" : "curl")}
          </Button>
        )}
        <CopyButton text={url} label={t("copyUrl")} doneLabel={t("shell:common.copied")} />
      </div>
      {snippet && shown && (
        <div className="relative">
          <pre
            tabIndex={0}
            className="overflow-x-auto rounded-control border border-line-2 bg-sunken py-2.5 pr-10 pl-3 font-mono text-11"
          >
            {snippet}
          </pre>
          <span className="absolute top-1.5 right-1.5">
            <CopyButton text={snippet} label={t("copySnippet")} doneLabel={t("shell:common.copied")} />
          </span>
        </div>
      )}
    </div>
  );
}

function Times({ trigger }: { trigger: TriggerStatus }) {
  const { t } = useTranslation("triggers");
  const language = useLanguage();
  const showRun = useShowRun();
  const now = useNow(trigger.next.length > 0, 1000);
  const [first, ...later] = trigger.next;
  const { lastFiredAt, lastRunId, flow } = trigger;
  return (
    <p className="flex flex-wrap items-center gap-x-4 gap-y-1 text-12 text-ink-2 tabular-nums">
      {first !== undefined && (
        <span title={later.map((at) => formatMoment(at, language)).join(", ")}>
          {t("next", { moment: formatMoment(first, language), duration: formatSpan(first - now) })}
        </span>
      )}
      {later.length > 0 && (
        <span className="text-ink-3">
          {t("then", {
            moments: later
              .slice(0, 2)
              .map((at) => formatMoment(at, language))
              .join(", "),
          })}
        </span>
      )}
      <span>
        {lastFiredAt === undefined ? t("neverFired") : t("last", { moment: formatMoment(lastFiredAt, language) })}
      </span>
      {lastRunId && (
        <button
          type="button"
          className="font-medium text-accent hover:underline"
          onClick={() => void showRun({ runId: lastRunId, flow })}
        >
          {t("openLast")}
        </button>
      )}
    </p>
  );
}
