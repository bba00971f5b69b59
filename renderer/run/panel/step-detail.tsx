import { ArrowLeft, Crosshair } from "lucide-react";
import type { ReactNode } from "react";
import type { JsonValue } from "../../../engine/lib/json.ts";
import type { StepView } from "../../../engine/run/view.ts";
import { useErrorText, useTranslation } from "../../i18n/index.ts";
import { Badge, Button, Callout, CopyButton, IconButton, JsonView, NodeChip, type Tone } from "../../ui/index.ts";
import { formatDuration } from "../format.ts";
import { stepDuration } from "../timeline/rows.ts";
import { useInnerName, useNodeLook } from "../timeline/step-name.ts";
import { useNow } from "../timeline/use-now.ts";

const TONES: Record<StepView["state"], Tone> = {
  ready: "neutral",
  running: "accent",
  retrying: "warn",
  completed: "ok",
  failed: "bad",
  skipped: "neutral",
};

export interface StepDetailProps {
  step: StepView;
  onClose: () => void;
  onShow: (node: string) => void;
}

/** What went into a step, what came out, and how it went. */
export function StepDetail({ step, onClose, onShow }: StepDetailProps) {
  const { t } = useTranslation("run");
  const look = useNodeLook()(step.node);
  const innerName = useInnerName();
  const inner = step.path.includes("/") ? step.path.slice(step.path.indexOf("/") + 1) : undefined;
  const now = useNow(step.state === "running");
  const duration = stepDuration(step, now);
  return (
    <section aria-label={look.title} className="flex h-full min-h-0 flex-col">
      <header className="flex items-center gap-2 px-3 pt-2 pb-1">
        <IconButton label={t("step.close")} size="sm" onClick={onClose}>
          <ArrowLeft size={14} aria-hidden />
        </IconButton>
        <NodeChip family={step.tool ? "tools" : look.family} icon={step.tool ? "wrench" : look.icon} />
        <span className="min-w-0 truncate font-semibold">{inner ? innerName(step, inner) : look.title}</span>
        <Badge tone={TONES[step.state]}>{t(`step.${step.state}`)}</Badge>
        <IconButton label={t("step.showOnCanvas")} size="sm" className="ml-auto" onClick={() => onShow(step.node)}>
          <Crosshair size={14} aria-hidden />
        </IconButton>
      </header>
      <div className="flex min-h-0 flex-1 flex-col gap-3 overflow-y-auto px-3 pb-3">
        <p className="text-12 text-ink-3 tabular-nums">
          {[
            duration !== undefined && formatDuration(duration),
            step.usage && t("tokens", { count: step.usage.inputTokens + step.usage.outputTokens }),
            step.attempt > 1 && t("step.attempt", { count: step.attempt }),
            step.port && step.port !== "out" && t("step.tookPort", { port: step.port }),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
        <StepProblem step={step} onShow={onShow} />
        <StepValues step={step} />
      </div>
    </section>
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
  return (
    <Callout tone="bad" actions={show}>
      {errorText(step.error)}
    </Callout>
  );
}

function StepValues({ step }: { step: StepView }) {
  const { t } = useTranslation("run");
  const { tool, input, output, text } = step;
  const nothing = !tool && input === undefined && output === undefined && !text && !step.error;
  return (
    <>
      {nothing && <p className="text-12 text-ink-3">{t("step.nothing")}</p>}
      {tool && <Value title={t("step.arguments")} value={tool.arguments} aside={`${tool.server} · ${tool.name}`} />}
      {tool?.result !== undefined && <Value title={t("step.result")} value={tool.result} />}
      {output === undefined && text && <Value title={t("step.text")} value={text} />}
      {output !== undefined && !(tool?.result !== undefined) && <Value title={t("step.output")} value={output} />}
      {input !== undefined && <Value title={t("step.input")} value={input} />}
    </>
  );
}

export function Value({ title, value, aside }: { title: string; value: JsonValue; aside?: ReactNode }) {
  const { t } = useTranslation(["run", "shell"]);
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  return (
    <div>
      <div className="mb-1 flex h-6 items-center gap-2">
        <h4 className="text-12 font-semibold">{title}</h4>
        {aside && <span className="truncate font-mono text-11 text-ink-3">{aside}</span>}
        <span className="ml-auto">
          <CopyButton text={text} label={t("value.copy", { what: title })} doneLabel={t("shell:common.copied")} />
        </span>
      </div>
      <JsonView value={value} />
    </div>
  );
}
