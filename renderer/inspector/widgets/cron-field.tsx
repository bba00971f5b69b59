import { CalendarClock } from "lucide-react";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { fieldHints } from "../../document/field-hints.ts";
import { useLanguage, useText } from "../../i18n/index.ts";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
  IconButton,
  Input,
} from "../../ui/index.ts";
import { ConfigField } from "../form/config-field.tsx";
import { useConfig, useReadOnly } from "../form/form-context.tsx";
import { useDraft } from "../form/use-draft.ts";
import type { WidgetProps } from "../form/widget-props.ts";
import { cronWords, nextTimes } from "./cron.ts";

/** Schedules that people ask for most. */
const USUAL = ["0 * * * *", "*/15 * * * *", "0 9 * * *", "0 9 * * 1-5", "0 9 * * 1", "0 0 1 * *"];
const SHOWN = 3;

/** A schedule: typed or chosen, told in words with the next times. */
export function CronField({ path, schema }: WidgetProps) {
  const { t } = useTranslation("inspector");
  const language = useLanguage();
  const text = useText();
  const [value, set] = useConfig(path);
  const readOnly = useReadOnly();
  const { placeholder } = fieldHints(schema);
  const { draft, props, type } = useDraft(typeof value === "string" ? value : "", set);
  const words = cronWords(draft, language);
  return (
    <ConfigField path={path} schema={schema}>
      <div className="relative">
        <Input {...props} mono readOnly={readOnly} placeholder={placeholder && text(placeholder)} className="pr-7" />
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <IconButton label={t("cron.choose")} size="sm" disabled={readOnly} className="absolute top-0.75 right-0.75">
              <CalendarClock size={13} aria-hidden />
            </IconButton>
          </DropdownMenuTrigger>
          <DropdownMenuContent align="end">
            {USUAL.map((pattern) => (
              <DropdownMenuItem key={pattern} shortcut={pattern} onSelect={() => type(pattern)}>
                {cronWords(pattern, language)}
              </DropdownMenuItem>
            ))}
          </DropdownMenuContent>
        </DropdownMenu>
      </div>
      {words && <p className="text-12 text-ink">{words}</p>}
      {words && <NextTimes pattern={draft} path={path} />}
    </ConfigField>
  );
}

/** When it is due next, on the clock of the time zone that is set beside it. */
function NextTimes({ pattern, path }: { pattern: string; path: WidgetProps["path"] }) {
  const { t } = useTranslation("inspector");
  const language = useLanguage();
  const [zone] = useConfig([...path.slice(0, -1), "timeZone"]);
  const timeZone = typeof zone === "string" && zone !== "" ? zone : undefined;
  const [after] = useState(() => new Date());
  const times = useMemo(() => nextTimes(pattern, { timeZone, after, count: SHOWN }), [pattern, timeZone, after]);
  if (times.length === 0) return null;
  const format = new Intl.DateTimeFormat(language === "zh" ? "zh-CN" : "en-GB", {
    weekday: "short",
    day: "numeric",
    month: "short",
    hour: "2-digit",
    minute: "2-digit",
    timeZone,
  });
  return (
    <p className="text-12 text-ink-3">
      {t("cron.next")} {times.map((time) => format.format(time)).join(" · ")}
    </p>
  );
}
