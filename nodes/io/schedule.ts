import { Cron } from "croner";
import { z } from "zod";
import { isJsonObject, type JsonSchema, type JsonValue } from "../../engine/lib/json.ts";
import type { Text } from "../../engine/lib/text.ts";
import { defineNode } from "../../engine/node/define.ts";
import { field } from "../../engine/node/fields.ts";
import { issue } from "../../engine/node/issue.ts";
import { isTimeZone } from "../time-zone.ts";

const BAD_CRON: Text = {
  en: "This isn’t a schedule. Five parts: minute, hour, day, month, weekday, like “0 9 * * 1-5”.",
  zh: "这不是有效的计划。需要五部分：分、时、日、月、星期，例如“0 9 * * 1-5”。",
};
const BAD_ZONE: Text = {
  en: "There is no such time zone. Write it like “Europe/Berlin” or “Asia/Shanghai”.",
  zh: "没有这个时区。请写成“Europe/Berlin”或“Asia/Shanghai”这样的名称。",
};

function isCron(pattern: string): boolean {
  try {
    return new Cron(pattern, { paused: true, mode: "5-or-6-parts" }).nextRun() !== null;
  } catch {
    return false;
  }
}

export const scheduleConfig = z.object({
  cron: field(z.string().refine(isCron, issue(BAD_CRON)), {
    label: { en: "When", zh: "时间" },
    help: { en: "Minute, hour, day, month, weekday.", zh: "分、时、日、月、星期。" },
    placeholder: { en: "0 9 * * 1-5", zh: "0 9 * * 1-5" },
    widget: "cron",
  }),
  timeZone: field(
    z
      .string()
      .refine((zone) => zone === "" || isTimeZone(zone), issue(BAD_ZONE))
      .default(""),
    {
      label: { en: "Time zone", zh: "时区" },
      help: { en: "Empty: the zone of the computer that runs it.", zh: "留空则使用运行它的计算机的时区。" },
      placeholder: { en: "Europe/Berlin", zh: "Asia/Shanghai" },
    },
  ),
  missed: field(z.enum(["skip", "once", "all"]).default("once"), {
    label: { en: "Times that were missed", zh: "错过的时间" },
    choices: {
      skip: { en: "Skip", zh: "忽略" },
      once: { en: "One run for all", zh: "合并运行一次" },
      all: { en: "A run for each", zh: "逐次补运行" },
    },
    help: {
      en: "While the computer was off. skip: nothing. once: one run for all of them. all: a run for each.",
      zh: "计算机关闭期间错过的。skip：忽略；once：合并运行一次；all：每次都补运行。",
    },
  }),
});
export type ScheduleConfig = z.infer<typeof scheduleConfig>;

const TIME: JsonSchema = { type: "string", format: "date-time" };
const TIMES: JsonSchema = {
  type: "object",
  properties: {
    scheduledAt: { ...TIME, title: "Scheduled at", description: "The time that it was due.", default: "now" },
    firedAt: { ...TIME, title: "Fired at", description: "The time that it began.", default: "now" },
  },
  required: [],
  additionalProperties: false,
};

/** A time as ISO 8601 in UTC; what isn't one, as in a run by hand, is the present. */
function timeOf(value: JsonValue | undefined, now: number): string {
  const at = typeof value === "string" || typeof value === "number" ? new Date(value) : new Date(Number.NaN);
  return (Number.isNaN(at.getTime()) ? new Date(now) : at).toISOString();
}

/** Begins runs at times. */
export const schedule = defineNode<ScheduleConfig>({
  role: "step",
  type: "schedule",
  version: 1,
  family: "io",
  icon: "calendar-clock",
  title: { en: "Schedule", zh: "定时" },
  description: { en: "Begins at the times you set.", zh: "在设定的时间触发。" },
  docs: {
    en: `The flow runs by itself at the times that you set: every hour, on workdays at nine, on the first of the month. Switch the flow’s triggers on to begin.

The schedule has five parts: minute, hour, day of the month, month, weekday. \`0 9 * * 1-5\` is nine o’clock from Monday to Friday, \`*/15 * * * *\` every
quarter of an hour. Times are those of the **time zone**, summer time included.

Each time fires exactly once, also when Heddle is restarted in between. **Times that were missed** while it was closed are skipped, made up for once, or made up
for one by one.

Later steps read \`{{ key.scheduledAt }}\`, the time that it was due, and \`{{ key.firedAt }}\`, when it began: both like \`2026-03-01T08:00:00.000Z\`.`,
    zh: `流程会在设定的时间自动运行：每小时、工作日九点、每月一号等。启用流程的触发器后开始。

计划由五部分组成：分、时、日、月、星期。\`0 9 * * 1-5\` 表示周一至周五九点，\`*/15 * * * *\` 表示每一刻钟。时间按所选**时区**计算，包含夏令时。

每个时间只触发一次，即使 Heddle 中途重启。关闭期间**错过的时间**可以忽略、合并补运行一次，或逐次补运行。

后续步骤读取 \`{{ key.scheduledAt }}\`（应触发的时间）和 \`{{ key.firedAt }}\`（实际开始时间），格式如 \`2026-03-01T08:00:00.000Z\`。`,
  },
  config: scheduleConfig,
  initial: { cron: "0 9 * * 1-5", timeZone: "", missed: "once" },
  hasInput: false,
  trigger: "schedule",
  effects: true,
  output: () => TIMES,
  summary: ({ cron, timeZone }) =>
    timeZone === ""
      ? { en: `At **${cron}**`, zh: `按 **${cron}** 触发` }
      : { en: `At **${cron}** in ${timeZone}`, zh: `按 **${cron}**（${timeZone}）触发` },
  async run({ input }) {
    const now = Date.now();
    const { scheduledAt, firedAt } = isJsonObject(input) ? input : {};
    return { output: { scheduledAt: timeOf(scheduledAt, now), firedAt: timeOf(firedAt, now) } };
  },
  samples: [
    {
      name: "tells when it was due and when it began",
      config: { cron: "0 9 * * 1-5", timeZone: "Europe/Berlin", missed: "once" },
      input: { scheduledAt: "2026-03-02T08:00:00Z", firedAt: 1_772_438_400_250 },
      output: { scheduledAt: "2026-03-02T08:00:00.000Z", firedAt: "2026-03-02T08:00:00.250Z" },
      port: "out",
    },
    { name: "runs by hand as of now", config: { cron: "*/15 * * * *", timeZone: "", missed: "skip" }, input: {} },
  ],
});
