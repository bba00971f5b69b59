import { z } from "zod";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { defineNode } from "../../engine/node/define.ts";
import { template } from "../../engine/node/fields.ts";
import { excerpt } from "../wording.ts";

const config = z.object({
  message: template({
    label: { en: "What to say", zh: "说明" },
    help: { en: "Why the run ends here and what to do about it.", zh: "运行为何在此结束，以及应当怎么做。" },
    placeholder: {
      en: "Order {{ start.order }} is closed. Ask for a new one.",
      zh: "订单 {{ start.order }} 已关闭，请新建订单。",
    },
    long: true,
  }),
});

/** Ends the run with an error in the author's own words. */
export const stop = defineNode<z.infer<typeof config>>({
  role: "step",
  type: "stop",
  version: 1,
  family: "logic",
  icon: "octagon-x",
  title: { en: "Stop with an error", zh: "报错停止" },
  description: { en: "Ends the run with an error in your words.", zh: "以你写的错误说明结束运行。" },
  docs: {
    en: `Ends the run here: it counts as failed, with your message as its error. Use it where going on would do harm, such as behind a condition that
found a wrong input.

What runs beside it is stopped. Steps that can be undone are undone, and an **On error** step may still answer in the end. Inside a
**For each**, only the round fails.`,
    zh: `在此结束运行：运行计为失败，错误为你写的说明。适合继续下去会有害的地方，例如条件发现输入有误之后。

同时进行的步骤会被停止；可撤销的步骤会被撤销；**出错时**步骤仍可给出最后的回答。在**逐项处理**内部，只有该轮失败。`,
  },
  config,
  initial: { message: "" },
  effects: false,
  ports: () => [],
  output: () => ({}),
  summary: ({ message }) =>
    message.trim() === ""
      ? { en: "Stops the run", zh: "停止运行" }
      : { en: `Stops: ${excerpt(message)}`, zh: `停止：${excerpt(message)}` },
  run({ config: { message } }) {
    throw new HeddleError("flow.stopped", { message });
  },
  samples: [
    {
      name: "fails in the author’s words",
      config: { message: "Order {{ order.id }} is closed." },
      scope: { order: { id: "A-17" } },
      error: "flow.stopped",
    },
  ],
});
