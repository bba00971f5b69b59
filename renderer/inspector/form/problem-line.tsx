import { formatMessage, isErrorCode } from "../../../engine/lib/errors/catalog.ts";
import { problemMessage, type Problem, type QuickFix } from "../../../engine/flow/index.ts";
import { edit } from "../../document/edits.ts";
import { useLanguage } from "../../i18n/index.ts";

/** A problem's sentence with its ways out as links. */
export function ProblemLine({ problem }: { problem: Problem }) {
  const language = useLanguage();
  return (
    <span className={problem.severity === "error" ? "text-bad" : "text-warn"}>
      {problemMessage(language, problem)}{" "}
      {problem.fixes.map((fix) => (
        <FixLink key={fix.label + JSON.stringify(fix.params)} fix={fix} />
      ))}
    </span>
  );
}

export function FixLink({ fix }: { fix: QuickFix }) {
  const language = useLanguage();
  return (
    <button
      type="button"
      className="mr-2 font-semibold text-accent hover:underline"
      onClick={() => edit(fix.command, { label: { key: "fix" } })}
    >
      {isErrorCode(fix.label) ? formatMessage(language, fix.label, fix.params) : fix.label}
    </button>
  );
}
