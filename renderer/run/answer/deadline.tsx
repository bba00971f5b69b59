import { useTranslation, useLanguage } from "../../i18n/index.ts";
import { cn } from "../../ui/index.ts";
import { formatMoment, formatSpan } from "../format.ts";
import { useNow } from "../timeline/use-now.ts";

/** How long is left, counting down; red once it is over. */
export function Deadline({ until, className }: { until: number; className?: string }) {
  const { t } = useTranslation("inbox");
  const language = useLanguage();
  const now = useNow(true, 1000);
  const left = until - now;
  const words = left > 0 ? t("left", { duration: formatSpan(left) }) : t("overdue", { duration: formatSpan(-left) });
  const hue = left <= 0 ? "text-bad" : left < 15 * 60_000 ? "text-warn" : "text-ink-2";
  return (
    <time
      dateTime={new Date(until).toISOString()}
      title={formatMoment(until, language)}
      className={cn("tabular-nums", hue, className)}
    >
      {words}
    </time>
  );
}
