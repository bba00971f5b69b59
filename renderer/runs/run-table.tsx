import type { ReactNode } from "react";
import type { RunSummary } from "../../engine/rpc/contract.ts";
import { useErrorText, useLanguage, useTranslation } from "../i18n/index.ts";
import { useFlows } from "../rpc/index.ts";
import { formatMoment, RUN_TONES } from "../run/index.ts";
import { Badge, Button, Card, Checkbox } from "../ui/index.ts";
import { runDuration, type Picked } from "./filter.ts";
import { RunMenu } from "./run-menu.tsx";
import { useShowRun } from "./use-show-run.ts";

export interface RunTableProps {
  runs: readonly RunSummary[];
  picked: Picked;
  onPick: (runId: string) => void;
}

const CELL = "px-3 py-2";
const NUMBER = `${CELL} text-right text-ink-2 tabular-nums whitespace-nowrap`;

/** How a run is called where there is little room. */
export const shortId = (runId: string): string => runId.slice(0, 8);

/** The runs, one line each. */
export function RunTable({ runs, picked, onPick }: RunTableProps) {
  const { t } = useTranslation("runs");
  return (
    <Card className="overflow-x-auto">
      <table className="w-full text-left text-13">
        <thead>
          <tr className="border-b border-line text-12 text-ink-3">
            <Head>
              <span className="sr-only">{t("pick")}</span>
            </Head>
            <Head>{t("flow")}</Head>
            <Head>{t("state")}</Head>
            <Head>{t("begunBy")}</Head>
            <Head>{t("started")}</Head>
            <Head right>{t("took")}</Head>
            <Head right>{t("tokens")}</Head>
            <Head>{t("id")}</Head>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <RunRow key={run.runId} run={run} picked={picked.includes(run.runId)} onPick={() => onPick(run.runId)} />
          ))}
        </tbody>
      </table>
    </Card>
  );
}

function Head({ right, children }: { right?: boolean; children: ReactNode }) {
  return (
    <th scope="col" className={right ? `${CELL} text-right font-medium` : `${CELL} font-medium`}>
      {children}
    </th>
  );
}

function RunRow({ run, picked, onPick }: { run: RunSummary; picked: boolean; onPick: () => void }) {
  const { t } = useTranslation(["runs", "run"]);
  const language = useLanguage();
  const errorText = useErrorText();
  const title = useFlows().data?.find(({ name }) => name === run.flow)?.title;
  const showRun = useShowRun();
  const tokens = run.inputTokens + run.outputTokens;
  return (
    <tr className="border-b border-line-2 last:border-0 hover:bg-hover">
      <td className={`${CELL} w-px`}>
        <Checkbox checked={picked} onChange={onPick} label={t("pickNamed", { id: shortId(run.runId) })} />
      </td>
      <td className={`${CELL} max-w-80`}>
        <span className="block truncate font-medium">{title ?? run.flow}</span>
        {run.error && <span className="block truncate text-12 text-bad">{errorText(run.error)}</span>}
      </td>
      <td className={CELL}>
        <Badge tone={RUN_TONES[run.state]}>{t(`run:state.${run.state}`)}</Badge>
      </td>
      <td className={`${CELL} max-w-48`}>
        <BegunBy run={run} />
      </td>
      <td className={`${CELL} whitespace-nowrap text-ink-2 tabular-nums`}>{formatMoment(run.startedAt, language)}</td>
      <td className={NUMBER}>{runDuration(run)}</td>
      <td className={NUMBER}>{tokens > 0 ? tokens : ""}</td>
      <td className={`${CELL} w-px`}>
        <span className="flex items-center gap-2">
          <span className="mr-auto font-mono text-11 text-ink-3">{shortId(run.runId)}</span>
          <Button size="sm" aria-label={t("openNamed", { id: shortId(run.runId) })} onClick={() => void showRun(run)}>
            {t("open")}
          </Button>
          <RunMenu run={run} />
        </span>
      </td>
    </tr>
  );
}

/** The trigger, or the run that it was made from. */
function BegunBy({ run }: { run: RunSummary }) {
  const { t } = useTranslation("runs");
  const { origin, trigger } = run;
  if (origin) {
    return (
      <span className="block truncate text-12 text-ink-2">
        {t(`origin.${origin.kind}`, { id: shortId(origin.runId) })}
      </span>
    );
  }
  return trigger === undefined ? (
    <span className="text-12 text-ink-3">{t("byHand")}</span>
  ) : (
    <span className="block truncate font-mono text-11 text-ink-2">{trigger}</span>
  );
}
