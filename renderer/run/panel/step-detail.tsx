import { ArrowLeft, Crosshair, Redo2 } from "lucide-react";
import type { RunView, StepView } from "../../../engine/run/view.ts";
import { useErrorText, useTranslation } from "../../i18n/index.ts";
import { Badge, Button, Callout, IconButton, NodeChip, type Tone } from "../../ui/index.ts";
import { WaitCard } from "../answer/wait-card.tsx";
import { hasEnded } from "../create-run-store.ts";
import { forkFrom } from "../debug/commands.ts";
import { openWaits } from "../debug/paused.ts";
import { formatDuration, formatSpan } from "../format.ts";
import { useRecoveryRole } from "../timeline/recovery.ts";
import { stepDuration } from "../timeline/rows.ts";
import { useInnerName, useNodeLook } from "../timeline/step-name.ts";
import { useNow } from "../timeline/use-now.ts";
import { printedBefore } from "./printed.ts";
import { Value } from "./value.tsx";

const TONES: Record<StepView["state"], Tone> = {
  ready: "neutral",
  running: "accent",
  waiting: "warn",
  retrying: "warn",
  completed: "ok",
  failed: "bad",
  skipped: "neutral",
};

export interface StepDetailProps {
  view: RunView;
  step: StepView;
  onClose: () => void;
  onShow: (node: string) => void;
}

/** What went into a step, what came out, what it waits for, and how it went. */
export function StepDetail({ view, step, onClose, onShow }: StepDetailProps) {
  const { t } = useTranslation("run");
  const look = useNodeLook()(step.node);
  const innerName = useInnerName();
  const last = step.path.slice(step.path.lastIndexOf("/") + 1);
  const inner = last === step.node ? undefined : last;
  const waits = openWaits(view, step.path);
  const state = step.state === "running" && waits.length > 0 ? "waiting" : step.state;
  return (
    <section aria-label={look.title} className="flex h-full min-h-0 flex-col">
      <header className="flex items-center gap-2 px-3 pt-2 pb-1">
        <IconButton label={t("step.close")} size="sm" onClick={onClose}>
          <ArrowLeft size={14} aria-hidden />
        </IconButton>
        <NodeChip family={step.tool ? "tools" : look.family} icon={step.tool ? "wrench" : look.icon} />
        <span className="min-w-0 truncate font-semibold">{inner ? innerName(step, inner) : look.title}</span>
        <Badge tone={TONES[state]}>{t(`step.${state}`)}</Badge>
        <span className="flex-1" />
        {!inner && hasEnded(view) && (
          <IconButton label={t("debug.fork")} size="sm" onClick={() => void forkFrom(step.path)}>
            <Redo2 size={14} aria-hidden />
          </IconButton>
        )}
        <IconButton label={t("step.showOnCanvas")} size="sm" onClick={() => onShow(step.node)}>
          <Crosshair size={14} aria-hidden />
        </IconButton>
      </header>
      <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-3 pb-3">
        <StepFacts step={step} />
        {waits.map((waiting) => (
          <WaitCard key={waiting.path} runId={view.runId} step={waiting} wait={waiting.wait!} />
        ))}
        <StepProblem step={step} onShow={onShow} />
        <StepValues runId={view.runId} step={step} />
      </div>
    </section>
  );
}

function StepFacts({ step }: { step: StepView }) {
  const { t } = useTranslation("run");
  const role = useRecoveryRole()(step);
  const now = useNow(step.endedAt === undefined && step.startedAt !== undefined);
  const duration = stepDuration(step, now);
  const retryIn = step.willRetryAt !== undefined && step.state === "retrying" ? step.willRetryAt - now : 0;
  const facts = [
    duration !== undefined && formatDuration(duration),
    step.usage && t("tokens", { count: step.usage.inputTokens + step.usage.outputTokens }),
    step.attempt > 1 && t("step.attempt", { count: step.attempt }),
    retryIn > 0 && t("step.retryAt", { duration: formatSpan(retryIn + 999) }),
    step.port && step.port !== "out" && t("step.tookPort", { port: step.port }),
    step.given === "pinned" && t("step.pinned"),
    step.given === "recorded" && t("step.recorded"),
    role && t(`step.${role}`),
  ].filter(Boolean);
  return (
    <>
      {step.path !== step.node && <p className="font-mono text-11 break-all text-ink-3">{step.path}</p>}
      {facts.length > 0 && <p className="text-12 text-ink-3 tabular-nums">{facts.join(" · ")}</p>}
    </>
  );
}

function StepProblem({ step, onShow }: { step: StepView; onShow: (node: string) => void }) {
  const { t } = useTranslation("run");
  const errorText = useErrorText();
  if (!step.error) return null;
  const show = (
    <Button size="sm" onClick={() => onShow(step.node)}>
      {t("step.showOnCanvas")}
    </Button>
  );
  const printed = printedBefore(step.error);
  return (
    <>
      <Callout tone={step.state === "retrying" ? "warn" : "bad"} actions={show}>
        {errorText(step.error)}
      </Callout>
      {printed !== undefined && <Value title={t("step.printed")} value={printed} />}
    </>
  );
}

function StepValues({ runId, step }: { runId: string; step: StepView }) {
  const { t } = useTranslation("run");
  const { tool, input, output, text } = step;
  const nothing = !tool && input === undefined && output === undefined && !text && !step.error && !step.wait;
  const large = (field: string) => step.large?.[field] && { runId, ...step.large[field] };
  return (
    <>
      {nothing && <p className="text-12 text-ink-3">{t("step.nothing")}</p>}
      {tool && (
        <Value
          title={t("step.arguments")}
          value={tool.arguments}
          aside={`${tool.server} · ${tool.name}`}
          large={large("arguments")}
        />
      )}
      {tool?.result !== undefined && <Value title={t("step.result")} value={tool.result} large={large("result")} />}
      {output === undefined && text && <Value title={t("step.text")} value={text} />}
      {output !== undefined && tool?.result === undefined && (
        <Value title={t("step.output")} value={output} large={large("output")} />
      )}
      {input !== undefined && <Value title={t("step.input")} value={input} large={large("input")} />}
    </>
  );
}
