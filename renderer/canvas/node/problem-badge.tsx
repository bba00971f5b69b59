import { CircleAlert, TriangleAlert } from "lucide-react";
import { problemMessage } from "../../../engine/flow/index.ts";
import { useLanguage } from "../../i18n/index.ts";
import { useSelection } from "../../selection/store.ts";
import { cn, Tooltip } from "../../ui/index.ts";
import { useLooksBroken, useNodeProblems } from "./use-node.ts";

/** A mark on a card that something is wrong; the sentences show on hover, a click goes to the field. */
export function ProblemBadge({ id }: { id: string }) {
  const problems = useNodeProblems(id);
  const language = useLanguage();
  const bad = useLooksBroken(id);
  const worst = problems[0];
  if (!worst) return null;
  const Icon = worst.severity === "error" ? CircleAlert : TriangleAlert;
  const sentences = problems.map((problem) => problemMessage(language, problem));
  return (
    <Tooltip
      side="top"
      content={
        <ul className="space-y-1">
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      }
    >
      <button
        type="button"
        aria-label={sentences.join(" ")}
        className={cn(
          "nodrag -m-0.5 grid size-5 shrink-0 place-items-center rounded-full",
          bad ? "bg-bad-soft text-bad" : "bg-warn-soft text-warn",
        )}
        onClick={() => useSelection.getState().goTo(id, worst.field)}
      >
        <Icon size={13} aria-hidden />
      </button>
    </Tooltip>
  );
}
