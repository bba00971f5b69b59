import { useQuery } from "@tanstack/react-query";
import { Clock3, GitCompareArrows, RefreshCw } from "lucide-react";
import { useState } from "react";
import { RUN_STATES } from "../../engine/run/events.ts";
import { useErrorText, useTranslation } from "../i18n/index.ts";
import { getRpc, QUERY, refresh, useFlows } from "../rpc/index.ts";
import { hasEndedState } from "../run/index.ts";
import { NothingHere } from "../shell/nothing-here.tsx";
import { Button, Callout, IconButton, Page, Select } from "../ui/index.ts";
import { ComparePage } from "./compare/compare-page.tsx";
import { ANY, filterRuns, pairOf, pickRun, type Picked, type RunFilter } from "./filter.ts";
import { RunTable } from "./run-table.tsx";

const SHOWN_RUNS = 200;
/** ms between two looks at runs that go on */
const LIVE_INTERVAL = 2_000;

/** The project's runs; each opens on the canvas, two can be compared. */
export function RunsPage() {
  const { t } = useTranslation("runs");
  const errorText = useErrorText();
  const [filter, setFilter] = useState<RunFilter>({ flow: ANY, state: ANY });
  const [picked, setPicked] = useState<Picked>([]);
  const [comparing, setComparing] = useState(false);
  const runs = useQuery({
    queryKey: [...QUERY.runs, filter.flow],
    queryFn: () => getRpc().runs.list({ ...(filter.flow !== ANY && { flow: filter.flow }), limit: SHOWN_RUNS }),
    staleTime: 0,
    refetchInterval: ({ state }) => (state.data?.some((run) => !hasEndedState(run.state)) ? LIVE_INTERVAL : false),
  });
  const pair = pairOf(runs.data ?? [], picked);
  if (comparing && pair) return <ComparePage left={pair[0]} right={pair[1]} onBack={() => setComparing(false)} />;
  const shown = filterRuns(runs.data ?? [], filter);
  return (
    <Page
      title={t("title")}
      description={t("body")}
      wide
      actions={
        <>
          <Button
            icon={<GitCompareArrows size={14} aria-hidden />}
            disabled={!pair}
            title={t("compareHint")}
            onClick={() => setComparing(true)}
          >
            {t("compare")}
          </Button>
          <Filters filter={filter} onChange={setFilter} />
          <IconButton label={t("refresh")} onClick={() => void refresh(QUERY.runs)}>
            <RefreshCw size={15} aria-hidden />
          </IconButton>
        </>
      }
    >
      {runs.error && <Callout tone="bad">{`${t("failed")}: ${errorText(runs.error)}`}</Callout>}
      {runs.data && shown.length === 0 && <NoRuns filtered={filter.flow !== ANY || filter.state !== ANY} />}
      {shown.length > 0 && (
        <RunTable runs={shown} picked={picked} onPick={(runId) => setPicked(pickRun(picked, runId))} />
      )}
    </Page>
  );
}

function Filters({ filter, onChange }: { filter: RunFilter; onChange: (filter: RunFilter) => void }) {
  const { t } = useTranslation(["runs", "run"]);
  const flows = useFlows().data ?? [];
  return (
    <>
      <Select<RunFilter["state"]>
        value={filter.state}
        onChange={(state) => onChange({ ...filter, state })}
        label={t("state")}
        className="w-36! shrink-0"
        options={[
          { value: ANY, label: t("allStates") },
          ...RUN_STATES.map((state) => ({ value: state, label: t(`run:state.${state}`) })),
        ]}
      />
      <Select
        value={filter.flow}
        onChange={(flow) => onChange({ ...filter, flow })}
        label={t("flow")}
        className="w-44! shrink-0"
        options={[
          { value: ANY, label: t("allFlows") },
          ...flows.map(({ name, title }) => ({ value: name, label: title })),
        ]}
      />
    </>
  );
}

function NoRuns({ filtered }: { filtered: boolean }) {
  const { t } = useTranslation("runs");
  if (filtered) return <p className="text-ink-3">{t("noneOfFilter")}</p>;
  return (
    <NothingHere icon={<Clock3 size={22} aria-hidden />} title={t("none")} toFlows={t("toFlows")}>
      {t("noneBody")}
    </NothingHere>
  );
}
