import { z } from "zod";
import { durationSchema } from "../../engine/flow/schema.ts";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { isJsonObject, type JsonSchema } from "../../engine/lib/json.ts";
import type { Text } from "../../engine/lib/text.ts";
import { defineNode } from "../../engine/node/define.ts";
import { field } from "../../engine/node/fields.ts";
import { issue } from "../../engine/node/issue.ts";
import { nameList } from "../wording.ts";

const FILE_EVENTS = ["created", "changed", "removed"] as const;

const EVENT_NAMES: Record<(typeof FILE_EVENTS)[number], Text> = {
  created: { en: "created", zh: "新建" },
  changed: { en: "changed", zh: "修改" },
  removed: { en: "removed", zh: "删除" },
};

export const fileWatchConfig = z.object({
  glob: field(
    z
      .string()
      .min(1)
      .refine(
        (glob) => !glob.startsWith("/") && !glob.split("/").includes(".."),
        issue({
          en: "Files outside the project can’t be watched. Write a path from the project’s folder on.",
          zh: "不能监视项目之外的文件。请填写相对于项目文件夹的路径。",
        }),
      ),
    {
      label: { en: "Files", zh: "文件" },
      help: {
        en: "A path from the project’s folder on. * stands for any part of a name, ** for any folders.",
        zh: "相对于项目文件夹的路径。* 代表名称的任意部分，** 代表任意层文件夹。",
      },
      placeholder: { en: "inbox/**/*.pdf", zh: "inbox/**/*.pdf" },
    },
  ),
  events: field(z.array(z.enum(FILE_EVENTS)).min(1).default(["created"]), {
    label: { en: "When a file is", zh: "当文件被" },
    choices: EVENT_NAMES,
  }),
  settle: field(
    z
      .string()
      .refine(
        (text) => durationSchema.safeParse(text).success,
        issue({
          en: "Write a length of time like 500ms or 2s.",
          zh: "请填写时长，例如 500ms 或 2s。",
        }),
      )
      .default("1s"),
    {
      label: { en: "Wait until it is quiet for", zh: "静默时间" },
      help: { en: "So that a file that is still being written isn’t read.", zh: "避免读取尚在写入的文件。" },
      widget: "duration",
      advanced: true,
    },
  ),
});
export type FileWatchConfig = z.infer<typeof fileWatchConfig>;

function fileSchema({ events }: FileWatchConfig): JsonSchema {
  return {
    type: "object",
    properties: {
      path: { type: "string", title: "Path", description: "From the project’s folder on." },
      event: {
        type: "string",
        title: "Event",
        enum: [...events],
        default: events[0]!,
        heddle: { choices: EVENT_NAMES },
      },
      size: { type: "integer", title: "Size", description: "In bytes; 0 for one that was removed.", default: 0 },
    },
    required: ["path"],
    additionalProperties: false,
  };
}

/** Begins a run when a file of the project appears, changes or goes away. */
export const fileWatch = defineNode<FileWatchConfig>({
  role: "step",
  type: "file-watch",
  version: 1,
  family: "io",
  icon: "folder-sync",
  title: { en: "Watch files", zh: "监视文件" },
  description: { en: "Begins when a file appears or changes.", zh: "文件出现或变化时触发。" },
  docs: {
    en: `The flow runs once for each file that appears, changes or is removed in the project’s folder: an invoice that somebody saves, an export of another
program. Switch the flow’s triggers on to begin.

**Files** says which: \`inbox/*.pdf\` the PDFs in the folder *inbox*, \`inbox/**/*.pdf\` those in its folders too. Choose which **events** count. A file counts once
it was quiet for a moment, so that half of it is never read.

Later steps read \`{{ key.path }}\` (give it to **Read a file**), \`{{ key.event }}\` and \`{{ key.size }}\`.

A flow that writes files into the folder that it watches starts itself again: write elsewhere.`,
    zh: `项目文件夹中有文件出现、变化或删除时，流程对每个文件运行一次：例如有人存入发票，或其他程序导出数据。启用流程的触发器后开始。

**文件**说明监视哪些：\`inbox/*.pdf\` 为 *inbox* 文件夹中的 PDF，\`inbox/**/*.pdf\` 还包括其子文件夹。选择哪些**事件**算数。文件静默片刻后才触发，因此不会读到写了一半的文件。

后续步骤读取 \`{{ key.path }}\`（可交给**读取文件**）、\`{{ key.event }}\` 和 \`{{ key.size }}\`。

如果流程往自己监视的文件夹写文件，会再次触发自身：请写到别处。`,
  },
  config: fileWatchConfig,
  initial: { glob: "inbox/*", events: ["created"], settle: "1s" },
  hasInput: false,
  trigger: "files",
  effects: false,
  output: fileSchema,
  summary({ glob, events }) {
    const en = nameList(events.map((event) => EVENT_NAMES[event].en)).en;
    const zh = nameList(events.map((event) => EVENT_NAMES[event].zh)).zh;
    return { en: `When **${glob}** is ${en}`, zh: `当 **${glob}** 被${zh}` };
  },
  run({ config, input }) {
    const { path, event, size } = isJsonObject(input) ? input : {};
    if (typeof path !== "string") throw new HeddleError("input.missing", { field: "path" });
    return { output: { path, event: event ?? config.events[0]!, size: size ?? 0 } };
  },
  samples: [
    {
      name: "tells which file it was",
      config: { glob: "inbox/*.pdf", events: ["created", "changed"], settle: "1s" },
      input: { path: "inbox/bill.pdf", event: "changed", size: 2048 },
      output: { path: "inbox/bill.pdf", event: "changed", size: 2048 },
      port: "out",
    },
  ],
});
