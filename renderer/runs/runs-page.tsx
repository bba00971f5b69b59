import { useQuery } from "@tanstack/react-query";
import { Clock3, RefreshCw } from "lucide-react";
import { useState } from "react";
import type { RunSummary } from "../../engine/rpc/contract.ts";
import { useErrorText, useLanguage, useTranslation } from "../i18n/index.ts";
import { getRpc, QUERY, refresh, useFlows, useInfo } from "../rpc/index.ts";
import { formatDuration, formatMoment, runStore, RUN_TONES } from "../run/index.ts";
import { openFlow } from "../shell/project-actions.ts";
import { shellStore, useShell } from "../shell/store.ts";
import { Badge, Button, Callout, Card, EmptyState, IconButton, notify, Page, Select } from "../ui/index.ts";

const ALL = "*";
const SHOWN_RUNS = 200;

/** The project's runs; each opens on the canvas. */
export function RunsPage() {
  const { t } = useTranslation("runs");
  const errorText = useErrorText();
  const [flow, setFlow] = useState(ALL);
  const flows = useFlows().data ?? [];
  const runs = useQuery({
    queryKey: [...QUERY.runs, flow],
    queryFn: () => getRpc().runs.list({ ...(flow !== ALL && { flow }), limit: SHOWN_RUNS }),
    staleTime: 0,
  });
  const options = [
    { value: ALL, label: t("allFlows") },
    ...flows.map(({ name, title }) => ({ value: name, label: title })),
  ];
  return (
    <Page
      title={t("title")}
      description={t("body")}
      wide
      actions={
        <>
          <Select value={flow} onChange={setFlow} options={options} label={t("flow")} className="min-w-48" />
          <IconButton label={t("refresh")} onClick={() => void refresh(QUERY.runs)}>
            <RefreshCw size={15} aria-hidden />
          </IconButton>
        </>
      }
    >
      {runs.error && <Callout tone="bad">{`${t("failed")}: ${errorText(runs.error)}`}</Callout>}
      {runs.data?.length === 0 && <NoRuns filtered={flow !== ALL} />}
      {runs.data && runs.data.length > 0 && <RunTable runs={runs.data} />}
    </Page>
  );
}

function NoRuns({ filtered }: { filtered: boolean }) {
  const { t } = useTranslation("runs");
  const goTo = useShell((state) => state.goTo);
  if (filtered) return <p className="text-ink-3">{t("noneOfFlow")}</p>;
  return (
    <EmptyState
      icon={<Clock3 size={22} aria-hidden />}
      title={t("none")}
      action={
        <Button variant="primary" onClick={() => goTo("flows")}>
          {t("toFlows")}
        </Button>
      }
    >
      {t("noneBody")}
    </EmptyState>
  );
}

function RunTable({ runs }: { runs: readonly RunSummary[] }) {
  const { t } = useTranslation("runs");
  const heads = [t("flow"), t("state"), t("started"), t("took"), t("tokens"), t("id")];
  return (
    <Card className="overflow-hidden">
      <table className="w-full text-left text-13">
        <thead>
          <tr className="border-b border-line text-12 text-ink-3">
            {heads.map((head, index) => (
              <th
                key={head}
                scope="col"
                className={index === 3 || index === 4 ? `${CELL} text-right font-medium` : `${CELL} font-medium`}
              >
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <RunRow key={run.runId} run={run} />
          ))}
        </tbody>
      </table>
    </Card>
  );
}

const CELL = "px-4 py-2";

function RunRow({ run }: { run: RunSummary }) {
  const { t } = useTranslation(["runs", "run"]);
  const language = useLanguage();
  const errorText = useErrorText();
  const title = useFlows().data?.find(({ name }) => name === run.flow)?.title;
  const openRun = useOpenRun();
  const tokens = run.inputTokens + run.outputTokens;
  return (
    <tr className="border-b border-line-2 last:border-0 hover:bg-hover">
      <td className={`${CELL} max-w-80`}>
        <span className="block truncate font-medium">{title ?? run.flow}</span>
        {run.error && <span className="block truncate text-12 text-bad">{errorText(run.error)}</span>}
      </td>
      <td className={CELL}>
        <Badge tone={RUN_TONES[run.state]}>{t(`run:state.${run.state}`)}</Badge>
      </td>
      <td className={`${CELL} text-ink-2 tabular-nums`}>{formatMoment(run.startedAt, language)}</td>
      <td className={`${CELL} text-right text-ink-2 tabular-nums`}>
        {run.endedAt === undefined ? "" : formatDuration(run.endedAt - run.startedAt)}
      </td>
      <td className={`${CELL} text-right text-ink-2 tabular-nums`}>{tokens > 0 ? tokens : ""}</td>
      <td className={`${CELL} w-px`}>
        <span className="flex items-center justify-between gap-4">
          <span className="font-mono text-11 text-ink-3">{run.runId.slice(0, 8)}</span>
          <Button
            size="sm"
            aria-label={t("openNamed", { id: run.runId.slice(0, 8) })}
            onClick={() => void openRun(run)}
          >
            {t("open")}
          </Button>
        </span>
      </td>
    </tr>
  );
}

/** Opens the run's flow and shows the run on it. */
function useOpenRun(): (run: RunSummary) => Promise<void> {
  const { t } = useTranslation("runs");
  const flows = useFlows().data;
  const project = useInfo().data?.project;
  return async (run) => {
    if (project && flows?.some(({ name }) => name === run.flow)) await openFlow(project, run.flow);
    else notify.say(t("flowGone"));
    runStore.getState().show(run.runId);
    shellStore.getState().showDrawer("run");
  };
}
