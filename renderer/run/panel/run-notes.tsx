import { GitFork, PencilLine, Rewind } from "lucide-react";
import type { ReactNode } from "react";
import { useTranslation } from "../../i18n/index.ts";
import { Button } from "../../ui/index.ts";
import { hasEnded } from "../create-run-store.ts";
import { continueWithEdits } from "../debug/commands.ts";
import { pausedSteps } from "../debug/paused.ts";
import { useEditedSinceRun } from "../debug/use-edited.ts";
import { useRun } from "../store.ts";

/** What must be known of the shown run beside its steps: what it took over, where a replay went astray, that the flow was edited since. */
export function RunNotes() {
  return (
    <>
      <Origin />
      <Edited />
    </>
  );
}

function Origin() {
  const { t } = useTranslation("run");
  const reused = useRun((state) => state.reused);
  const diverged = useRun((state) => state.diverged);
  const origin = useRun((state) => state.origin);
  const madeFrom = useRun((state) => state.madeFrom);
  const show = useRun((state) => state.show);
  if (origin === "replay") {
    return (
      <Note icon={<Rewind size={13} aria-hidden />} tone={diverged === null ? "info" : "warn"}>
        {diverged === null ? t("debug.replayed") : t("debug.divergedBody", { path: diverged })}
      </Note>
    );
  }
  if (madeFrom) {
    return (
      <Note icon={<GitFork size={13} aria-hidden />} tone="info">
        {t(`debug.madeFrom.${madeFrom.kind}`, { id: madeFrom.runId.slice(0, 8) })}
        <Button size="sm" className="ml-auto" onClick={() => show(madeFrom.runId)}>
          {t("debug.showOrigin")}
        </Button>
      </Note>
    );
  }
  if (origin !== "fork") return null;
  return (
    <Note icon={<GitFork size={13} aria-hidden />} tone="info" title={reused.join(", ")}>
      {reused.length > 0 ? t("debug.reused", { count: reused.length }) : t("debug.reusedNone")}
    </Note>
  );
}

function Edited() {
  const { t } = useTranslation("run");
  const resting = useRun(({ view }) => view !== null && (hasEnded(view) || pausedSteps(view).length > 0));
  const edited = useEditedSinceRun(resting);
  if (!edited) return null;
  return (
    <Note icon={<PencilLine size={13} aria-hidden />} tone="info">
      {t("debug.editedBody")}
      <Button size="sm" className="ml-auto" onClick={() => void continueWithEdits()}>
        {t("debug.withEdits")}
      </Button>
    </Note>
  );
}

interface NoteProps {
  icon: ReactNode;
  tone: "info" | "warn";
  title?: string;
  children: ReactNode;
}

function Note({ icon, tone, title, children }: NoteProps) {
  return (
    <div
      role="note"
      title={title}
      className={`flex min-h-8 shrink-0 items-center gap-2 border-b border-line-2 px-3 py-1 text-12 ${tone === "warn" ? "bg-warn-soft" : "bg-info-soft"}`}
    >
      <span className={tone === "warn" ? "text-warn" : "text-info"}>{icon}</span>
      {children}
    </div>
  );
}
