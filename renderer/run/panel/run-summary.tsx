import { Eraser, Square } from "lucide-react";
import type { RunView } from "../../../engine/run/view.ts";
import { useTranslation } from "../../i18n/index.ts";
import { Badge, IconButton, type Tone } from "../../ui/index.ts";
import { hasEnded } from "../create-run-store.ts";
import { isUnderWay } from "../debug/paused.ts";
import { formatDuration } from "../format.ts";
import { useRun } from "../store.ts";
import { useNow } from "../timeline/use-now.ts";

export const RUN_TONES: Record<RunView["state"], Tone> = {
  running: "accent",
  waiting: "warn",
  succeeded: "ok",
  failed: "bad",
  cancelled: "neutral",
};

/** The shown run in one line: state, time, tokens; cancel while it goes on, clear when it rests. */
export function RunSummary() {
  const { t } = useTranslation("run");
  const view = useRun((state) => state.view);
  const phase = useRun((state) => state.phase);
  const cancel = useRun((state) => state.cancel);
  const clear = useRun((state) => state.clear);
  const now = useNow(Boolean(view && !hasEnded(view)));
  if (!view) return null;
  const tokens = tokensSoFar(view);
  const ended = hasEnded(view);
  return (
    <div className="flex min-w-0 items-center gap-2 text-12 text-ink-3 tabular-nums" role="status">
      <Badge tone={RUN_TONES[view.state]}>
        {t(phase === "reconnecting" ? "state.reconnecting" : `state.${view.state}`)}
      </Badge>
      {view.startedAt > 0 && (
        <span className="truncate whitespace-nowrap">
          {formatDuration(Math.max(0, (view.endedAt ?? now) - view.startedAt))}
          {tokens > 0 && ` · ${t("tokens", { count: tokens })}`}
        </span>
      )}
      {!ended && (
        <IconButton label={t("summary.cancel")} size="sm" onClick={() => void cancel()}>
          <Square size={12} fill="currentColor" aria-hidden />
        </IconButton>
      )}
      {!isUnderWay(view) && (
        <IconButton label={t(ended ? "summary.clear" : "summary.leave")} size="sm" onClick={clear}>
          <Eraser size={14} aria-hidden />
        </IconButton>
      )}
    </div>
  );
}

/** The run's own count at its end; before, the sum over the nodes that are done. */
export function tokensSoFar(view: RunView): number {
  if (hasEnded(view) && view.state === "succeeded") return view.usage.inputTokens + view.usage.outputTokens;
  const nodes = Object.values(view.steps).filter((step) => !step.path.includes("/"));
  return nodes.reduce((sum, { usage }) => sum + (usage ? usage.inputTokens + usage.outputTokens : 0), 0);
}
