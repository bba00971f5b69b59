import { CircleAlert, CircleCheck, TriangleAlert, Wrench } from "lucide-react";
import { formatMessage, isErrorCode } from "../../../engine/lib/errors/catalog.ts";
import type { Problem, QuickFix } from "../../../engine/flow/problem.ts";
import { problemMessage } from "../../../engine/flow/problem.ts";
import { useDocument } from "../../document/store.ts";
import { useErrorText, useLanguage, useTranslation } from "../../i18n/index.ts";
import { Button, cn, EmptyState, NodeChip, notify } from "../../ui/index.ts";
import { useNodeLook } from "../timeline/step-name.ts";

const NO_PROBLEMS: readonly Problem[] = [];

export interface ProblemsPanelProps {
  /** Goes to the problem's place: the node and its field, or the line of the file. */
  onShow: (problem: Problem) => void;
}

/** Everything that is wrong with the open flow, in words; errors first. */
export function ProblemsPanel({ onShow }: ProblemsPanelProps) {
  const { t } = useTranslation("run");
  const problems = useDocument((state) => state.analysis?.problems ?? NO_PROBLEMS);
  if (problems.length === 0) {
    return (
      <EmptyState compact icon={<CircleCheck size={18} aria-hidden />} title={t("problems.none")}>
        {t("problems.noneBody")}
      </EmptyState>
    );
  }
  const sorted = problems.toSorted((a, b) => Number(b.severity === "error") - Number(a.severity === "error"));
  return (
    <ul aria-label={t("problems.label")} className="h-full overflow-y-auto px-2 py-1.5">
      {sorted.map((problem, index) => (
        <ProblemLine
          key={`${problem.code} ${problem.node} ${problem.field} ${index}`}
          problem={problem}
          onShow={onShow}
        />
      ))}
    </ul>
  );
}

function ProblemLine({ problem, onShow }: { problem: Problem; onShow: (problem: Problem) => void }) {
  const { t } = useTranslation("run");
  const language = useLanguage();
  const look = useNodeLook();
  const node = problem.node && look(problem.node);
  const Icon = problem.severity === "error" ? CircleAlert : TriangleAlert;
  return (
    <li className="flex items-start gap-2 rounded-control px-1.5 py-1 hover:bg-hover">
      <button
        type="button"
        onClick={() => onShow(problem)}
        className="flex min-w-0 flex-1 items-start gap-2 text-left text-12"
      >
        <Icon
          size={15}
          role="img"
          aria-label={t(`problems.${problem.severity}`)}
          className={cn("mt-0.5 shrink-0", problem.severity === "error" ? "text-bad" : "text-warn")}
        />
        <span className="min-w-0 flex-1 break-words">{problemMessage(language, problem)}</span>
        <span className="flex max-w-44 shrink-0 items-center gap-1.5 text-ink-3">
          {node && <NodeChip family={node.family} icon={node.icon} size="xs" />}
          <span className="truncate">
            {node ? node.title : problem.line ? t("problems.inFile", { line: problem.line }) : t("problems.flow")}
          </span>
        </span>
      </button>
      {problem.fixes.map((fix) => (
        <FixButton key={fix.label + JSON.stringify(fix.params)} fix={fix} />
      ))}
    </li>
  );
}

function FixButton({ fix }: { fix: QuickFix }) {
  const { t } = useTranslation("run");
  const language = useLanguage();
  const errorText = useErrorText();
  const apply = useDocument((state) => state.apply);
  const take = () => {
    try {
      apply(fix.command);
    } catch (error) {
      notify.failed(t("problems.fixFailed"), errorText(error));
    }
  };
  return (
    <Button size="sm" icon={<Wrench size={12} aria-hidden />} onClick={take}>
      {isErrorCode(fix.label) ? formatMessage(language, fix.label, fix.params) : t("problems.fix")}
    </Button>
  );
}
