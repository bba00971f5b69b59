import { Crosshair, Redo2, ScanSearch } from "lucide-react";
import type { RunView } from "../../../engine/run/view.ts";
import { useErrorText, useTranslation } from "../../i18n/index.ts";
import { Button, Callout } from "../../ui/index.ts";
import { forkFrom } from "../debug/commands.ts";
import { useRun } from "../store.ts";
import { useNodeLook } from "../timeline/step-name.ts";
import { printedBefore } from "./printed.ts";
import { Value } from "./value.tsx";

/** Why the run failed: at which step, what it was given, what to do; and the ways on from here. */
export function Failure({ view, onShow }: { view: RunView; onShow: (node: string) => void }) {
  const { t } = useTranslation("run");
  const errorText = useErrorText();
  const look = useNodeLook();
  const { failedNode: node, error } = view;
  const path = view.failedPath ?? node;
  const step = path === undefined ? undefined : view.steps[path];
  const large = step?.large?.["input"];
  const printed = printedBefore(error);
  return (
    <div className="flex flex-col gap-3">
      <Callout
        tone="bad"
        actions={node !== undefined && path !== undefined && <Ways node={node} path={path} onShow={onShow} />}
      >
        {node !== undefined && (
          <div className="font-semibold">
            {t("result.failedAt", { node: look(node).title })}
            {path !== undefined && path !== node && (
              <span className="ml-1.5 font-mono text-11 font-normal">{path}</span>
            )}
          </div>
        )}
        {errorText(error)}
      </Callout>
      {printed !== undefined && <Value title={t("step.printed")} value={printed} />}
      {step?.input !== undefined && (
        <Value title={t("result.failedInput")} value={step.input} large={large && { runId: view.runId, ...large }} />
      )}
    </div>
  );
}

function Ways({ node, path, onShow }: { node: string; path: string; onShow: (node: string) => void }) {
  const { t } = useTranslation("run");
  const selectStep = useRun((state) => state.selectStep);
  return (
    <>
      <Button size="sm" icon={<Crosshair size={12} aria-hidden />} onClick={() => onShow(node)}>
        {t("result.goToNode")}
      </Button>
      <Button size="sm" icon={<ScanSearch size={12} aria-hidden />} onClick={() => selectStep(path)}>
        {t("result.showInput")}
      </Button>
      <Button size="sm" icon={<Redo2 size={12} aria-hidden />} onClick={() => void forkFrom(path)}>
        {t("debug.runFromHere")}
      </Button>
    </>
  );
}
