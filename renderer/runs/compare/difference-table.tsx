import { ChevronDown, ChevronRight, Equal } from "lucide-react";
import { useState } from "react";
import type { StepDifference } from "../../../engine/rpc/contract.ts";
import { useTranslation } from "../../i18n/index.ts";
import { Badge, Card, type Tone } from "../../ui/index.ts";
import { JsonDiffView } from "./json-diff-view.tsx";

const TONES: Record<StepDifference["kind"], Tone> = {
  same: "neutral",
  changed: "warn",
  "only-left": "bad",
  "only-right": "ok",
};

const CELL = "px-4 py-1.5";
/** More lines than this are shown on demand: a loop of a run can have many rounds. */
const SHOWN_STEPS = 300;

/** The steps of two runs, each with what differs; a step opens to show both sides. */
export function DifferenceTable({ steps }: { steps: readonly StepDifference[] }) {
  const { t } = useTranslation("runs");
  const [shown, setShown] = useState(SHOWN_STEPS);
  if (steps.length === 0) {
    return (
      <Card className="flex items-center gap-2 px-4 py-3 text-ink-2">
        <Equal size={15} aria-hidden />
        {t("noDifference")}
      </Card>
    );
  }
  return (
    <Card className="overflow-hidden">
      <table className="w-full text-left text-13">
        <thead>
          <tr className="border-b border-line text-12 text-ink-3">
            {[t("step"), t("difference"), t("fields")].map((head) => (
              <th key={head} scope="col" className={`${CELL} font-medium`}>
                {head}
              </th>
            ))}
          </tr>
        </thead>
        {steps.slice(0, shown).map((step) => (
          <DifferenceRow key={step.path} step={step} />
        ))}
      </table>
      {steps.length > shown && (
        <button
          type="button"
          className="w-full px-4 py-2 text-left text-12 text-accent hover:bg-hover"
          onClick={() => setShown(shown + SHOWN_STEPS)}
        >
          {t("moreSteps", { count: steps.length - shown })}
        </button>
      )}
    </Card>
  );
}

function DifferenceRow({ step }: { step: StepDifference }) {
  const { t } = useTranslation("runs");
  const [open, setOpen] = useState(false);
  const Arrow = open ? ChevronDown : ChevronRight;
  return (
    <tbody className="border-b border-line-2 last:border-0">
      <tr className="hover:bg-hover">
        <td className={CELL}>
          <button
            type="button"
            aria-expanded={open}
            className="flex items-center gap-1.5 text-left"
            onClick={() => setOpen(!open)}
          >
            <Arrow size={14} aria-hidden className="shrink-0 text-ink-3" />
            <span className="font-mono text-12 [overflow-wrap:anywhere]">{step.path}</span>
          </button>
        </td>
        <td className={CELL}>
          <Badge tone={TONES[step.kind]}>{t(`kind.${step.kind}`)}</Badge>
        </td>
        <td className={`${CELL} text-12 text-ink-2`}>{step.fields.map((field) => fieldName(t, field)).join(", ")}</td>
      </tr>
      {open && (
        <tr>
          <td colSpan={3} className="px-4 pb-3">
            <JsonDiffView left={step.left} right={step.right} />
          </td>
        </tr>
      )}
    </tbody>
  );
}

const FIELDS = ["input", "output", "port", "state"] as const;

type Translate = ReturnType<typeof useTranslation<"runs">>["t"];

function fieldName(t: Translate, field: string): string {
  const known = FIELDS.find((name) => name === field);
  return known ? t(`field.${known}`) : field;
}
