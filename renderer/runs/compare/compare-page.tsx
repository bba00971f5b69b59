import { useQuery } from "@tanstack/react-query";
import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import type { RunSummary, StepDifference } from "../../../engine/rpc/contract.ts";
import { useErrorText, useLanguage, useTranslation } from "../../i18n/index.ts";
import { getRpc } from "../../rpc/index.ts";
import { formatMoment, RUN_TONES } from "../../run/index.ts";
import { Badge, Button, Callout, Card, Page, Spinner, Switch } from "../../ui/index.ts";
import { runDuration } from "../filter.ts";
import { DifferenceTable } from "./difference-table.tsx";

export interface ComparePageProps {
  left: RunSummary;
  right: RunSummary;
  onBack: () => void;
}

/** Two runs, step by step: where they went different ways, and what differs there. */
export function ComparePage({ left, right, onBack }: ComparePageProps) {
  const { t } = useTranslation(["runs", "shell"]);
  const errorText = useErrorText();
  const [all, setAll] = useState(false);
  const steps = useQuery({
    queryKey: ["runs.compare", left.runId, right.runId],
    queryFn: () => getRpc().runs.compare({ left: left.runId, right: right.runId }),
    staleTime: 0,
  });
  const different = steps.data?.filter((step) => step.kind !== "same") ?? [];
  return (
    <Page
      title={t("compareTitle")}
      description={steps.data && summary(t, steps.data, different.length)}
      wide
      actions={
        <>
          <span className="flex items-center gap-2 text-12 text-ink-2">
            <Switch checked={all} onChange={setAll} label={t("showSame")} />
            <span aria-hidden>{t("showSame")}</span>
          </span>
          <Button icon={<ArrowLeft size={14} aria-hidden />} onClick={onBack}>
            {t("back")}
          </Button>
        </>
      }
    >
      <div className="mb-4 grid grid-cols-2 gap-4">
        <RunFacts name={t("left")} run={left} />
        <RunFacts name={t("right")} run={right} />
      </div>
      {steps.isPending && <Spinner label={t("shell:common.loading")} />}
      {steps.error && <Callout tone="bad">{`${t("compareFailed")}: ${errorText(steps.error)}`}</Callout>}
      {steps.data && <DifferenceTable steps={all ? steps.data : different} />}
    </Page>
  );
}

type Translate = ReturnType<typeof useTranslation<["runs", "shell"]>>["t"];

const summary = (t: Translate, steps: readonly StepDifference[], different: number): string =>
  different === 0 ? t("equal", { count: steps.length }) : t("differences", { count: different, all: steps.length });

function RunFacts({ name, run }: { name: string; run: RunSummary }) {
  const { t } = useTranslation(["runs", "run"]);
  const language = useLanguage();
  return (
    <Card className="flex flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 text-12">
      <h2 className="text-13 font-semibold">{name}</h2>
      <span className="font-mono text-11 text-ink-3">{run.runId.slice(0, 8)}</span>
      <Badge tone={RUN_TONES[run.state]}>{t(`run:state.${run.state}`)}</Badge>
      <span className="text-ink-2 tabular-nums">{formatMoment(run.startedAt, language)}</span>
      <span className="text-ink-2 tabular-nums">{runDuration(run)}</span>
      {run.origin && (
        <span className="text-ink-3">{t(`origin.${run.origin.kind}`, { id: run.origin.runId.slice(0, 8) })}</span>
      )}
    </Card>
  );
}
