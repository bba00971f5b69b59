import { z } from "zod";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { defineNode, type NodeArguments } from "../../engine/node/define.ts";
import { field, template } from "../../engine/node/fields.ts";
import { issue } from "../../engine/node/issue.ts";
import { step, type NodeProcess } from "../../engine/node/operation.ts";
import { durationTemplate, readDuration } from "../duration.ts";
import { isTimeZone, readTime } from "../time-zone.ts";
import { excerpt } from "../wording.ts";

const BAD_ZONE = {
  en: "There is no such time zone. Write it like “Europe/Berlin” or “Asia/Shanghai”.",
  zh: "没有这个时区。请写成“Europe/Berlin”或“Asia/Shanghai”这样的名称。",
};
const NO_TIME = { en: "Say how long to wait, or until when.", zh: "请填写等待多久，或等到何时。" };

const config = z
  .object({
    for: durationTemplate({
      label: { en: "For", zh: "时长" },
      help: { en: "30s, 5m, 2h or 14d.", zh: "例如 30s、5m、2h、14d。" },
    }).default(""),
    until: template({
      label: { en: "Or until", zh: "或直到" },
      help: {
        en: "A date and time: 2026-03-01 09:00, or a reference. One that is past doesn’t wait.",
        zh: "日期和时间：2026-03-01 09:00，或引用。已过去的时间不等待。",
      },
      placeholder: { en: "{{ start.due }}", zh: "{{ start.due }}" },
    }).default(""),
    timeZone: field(
      z
        .string()
        .refine((zone) => zone === "" || isTimeZone(zone), issue(BAD_ZONE))
        .default(""),
      {
        label: { en: "Time zone", zh: "时区" },
        help: {
          en: "Whose clock “until” means when it doesn’t say. Empty: UTC.",
          zh: "未注明时区的时间按哪个时区理解；留空为 UTC。",
        },
        placeholder: { en: "Europe/Berlin", zh: "Asia/Shanghai" },
        advanced: true,
      },
    ),
  })
  .refine((written) => written.for.trim() !== "" || written.until.trim() !== "", { path: ["for"], ...issue(NO_TIME) });
type DelayConfig = z.infer<typeof config>;

function* wait({ config: delay }: NodeArguments<DelayConfig>): NodeProcess {
  const ms =
    delay.until.trim() === "" ? readDuration(delay.for) : yield* step("time left", async () => timeLeft(delay));
  if (ms > 0) yield { kind: "sleep", name: "wait", ms, wait: { kind: "delay" } };
  return { output: { waited: ms } };
}

function timeLeft({ until, timeZone }: DelayConfig): number {
  const at = readTime(until, timeZone === "" ? "UTC" : timeZone);
  if (at === undefined) throw new HeddleError("input.bad-time", { value: until });
  return Math.max(0, at - Date.now());
}

/** Waits. */
export const delay = defineNode<DelayConfig>({
  role: "step",
  type: "delay",
  version: 1,
  family: "logic",
  icon: "timer",
  title: { en: "Wait", zh: "等待" },
  description: { en: "Waits for a while, or until a time.", zh: "等待一段时间，或等到某个时刻。" },
  docs: {
    en: `Waits before the flow goes on: *For* a length of time (\`90s\`, \`2h\`, \`14d\`), or *Until* a date and time.

A time may name its offset (\`2026-03-01T09:00+01:00\`); otherwise it is a time on the clock of the **time zone**. A time that is past doesn’t wait.

Waiting costs nothing, however long it takes: the run rests, survives restarts and goes on when its time comes, or as soon as Heddle is open again after it. The
output is \`{ waited }\`, in milliseconds.`,
    zh: `让流程等待后再继续：*时长*（\`90s\`、\`2h\`、\`14d\`），或*直到*某个日期时间。

时间可以带偏移（\`2026-03-01T09:00+01:00\`）；否则按所选**时区**理解。已过去的时间不等待。

等待不占资源，无论多久：运行会休眠，重启后依然有效，到时继续；若到时 Heddle 未打开，则在下次打开后立即继续。输出为 \`{ waited }\`（毫秒）。`,
  },
  config,
  initial: { for: "5m", until: "", timeZone: "" },
  effects: true,
  output: () => ({
    type: "object",
    properties: { waited: { type: "number", description: "How long, in milliseconds." } },
    required: ["waited"],
    additionalProperties: false,
  }),
  summary: ({ for: duration, until }) =>
    until.trim() === ""
      ? { en: `Waits **${excerpt(duration, 40)}**`, zh: `等待 **${excerpt(duration, 40)}**` }
      : { en: `Waits until ${excerpt(until, 60)}`, zh: `等到 ${excerpt(until, 60)}` },
  process: wait,
  samples: [
    {
      name: "waits for a length of time",
      config: { for: "{{ start.pause }}ms", until: "", timeZone: "" },
      scope: { start: { pause: 5 } },
      output: { waited: 5 },
      port: "out",
    },
    {
      name: "doesn’t wait for a time that is past",
      config: { for: "", until: "2020-01-01 09:00", timeZone: "Asia/Shanghai" },
      output: { waited: 0 },
    },
  ],
});
