import { Pause, Play, Redo2, Square, StepForward } from "lucide-react";
import { useDocument } from "../../document/store.ts";
import { useTranslation } from "../../i18n/index.ts";
import { Button, keyLabel } from "../../ui/index.ts";
import { runStore, useRun } from "../store.ts";
import { useNodeLook } from "../timeline/step-name.ts";
import { continueRun, continueWithEdits, stepRun } from "./commands.ts";
import { pausedSteps } from "./paused.ts";
import { useEditedSinceRun } from "./use-edited.ts";

/** Over the canvas while the shown run waits at a breakpoint: where it is, and how to go on. */
export function PausedBar() {
  const name = useDocument((state) => state.name);
  const node = useRun(({ view }) => (view?.flow === name && view ? pausedSteps(view)[0]?.node : undefined));
  return node === undefined ? null : <Paused node={node} />;
}

function Paused({ node }: { node: string }) {
  const { t } = useTranslation("run");
  const look = useNodeLook();
  const edited = useEditedSinceRun(true);
  return (
    <section
      aria-label={t("debug.paused")}
      className="pointer-events-auto flex animate-rise items-center gap-2 rounded-card border border-warn-line bg-raised py-1.5 pr-1.5 pl-3 shadow-float"
    >
      <Pause size={14} aria-hidden className="shrink-0 text-warn" />
      <span className="mr-1 max-w-64 truncate text-13" role="status">
        {t("debug.pausedAt", { node: look(node).title })}
      </span>
      <Button
        size="sm"
        variant="primary"
        icon={<Play size={11} fill="currentColor" aria-hidden />}
        title={keyLabel("f8")}
        onClick={() => void continueRun()}
      >
        {t("debug.continue")}
      </Button>
      <Button
        size="sm"
        icon={<StepForward size={13} aria-hidden />}
        title={keyLabel("f10")}
        onClick={() => void stepRun()}
      >
        {t("debug.step")}
      </Button>
      {edited && (
        <Button size="sm" icon={<Redo2 size={13} aria-hidden />} onClick={() => void continueWithEdits()}>
          {t("debug.withEdits")}
        </Button>
      )}
      <Button
        size="sm"
        icon={<Square size={10} fill="currentColor" aria-hidden />}
        onClick={() => void runStore.getState().cancel()}
      >
        {t("debug.stop")}
      </Button>
    </section>
  );
}
