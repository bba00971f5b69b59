import { z } from "zod";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { JsonSchema } from "../../engine/lib/json.ts";
import { defineNode } from "../../engine/node/define.ts";
import { field, jsonTemplate } from "../../engine/node/fields.ts";
import { mismatch } from "../schema-check.ts";
import { excerpt, same } from "../wording.ts";

const config = z.object({
  input: jsonTemplate({
    label: { en: "Input", zh: "输入" },
    help: {
      en: "What the code receives. A value that is only {{ a reference }} keeps its type.",
      zh: "代码收到的内容。整个值就是一个 {{ 引用 }} 时保留其类型。",
    },
  }).default({}),
  source: field(z.string(), { label: { en: "Code (TypeScript)", zh: "代码（TypeScript）" }, widget: "code" }),
  output: field(z.record(z.string(), z.json()).optional(), {
    label: { en: "Returns", zh: "返回值" },
    help: {
      en: "The form of what it returns: later steps are checked against it.",
      zh: "返回值的格式：后续步骤据此检查。",
    },
    widget: "schema",
    advanced: true,
  }),
  timeLimit: field(z.number().min(0.01).max(60).default(5), {
    label: { en: "Seconds at most", zh: "最长秒数" },
    advanced: true,
  }),
  memoryLimit: field(z.number().min(1).max(512).default(64), {
    label: { en: "Memory at most (MB)", zh: "内存上限（MB）" },
    advanced: true,
  }),
});

const INITIAL_SOURCE = `export default function (input: { message: string }) {
  return { words: input.message.split(/\\s+/).length };
}
`;

/** Runs the author's TypeScript in a sandbox. */
export const code = defineNode({
  role: "step",
  type: "code",
  version: 1,
  family: "data",
  icon: "code-xml",
  title: { en: "Code", zh: "代码" },
  description: { en: "Computes with a few lines of TypeScript.", zh: "用几行 TypeScript 做计算。" },
  docs: {
    en: `Runs TypeScript that you write. It gets **Input** and returns a value; later steps read \`{{ key.value }}\`.

\`\`\`ts
export default function (input: { prices: number[] }) {
  console.log("prices", input.prices.length);
  return { total: input.prices.reduce((sum, price) => sum + price, 0) };
}
\`\`\`

Short code may leave the function out: \`return input.a + input.b;\`. It may be \`async\`.

The code runs in a sandbox of its own: no files, no network, no timers, limited time and memory, and nothing is left over for the next
run. Use **HTTP request** or tools to reach the outside. What it prints is in \`{{ key.logs }}\`; where the code fails, the last lines stand
in the error.

Time stands still while it runs: \`new Date()\` is the moment the step began. \`Math.random()\` gives the same numbers at every try of the
step. So a step that is tried again computes the same.`,
    zh: `运行你写的 TypeScript。它收到**输入**并返回一个值，后续步骤读取 \`{{ key.value }}\`。

\`\`\`ts
export default function (input: { prices: number[] }) {
  console.log("prices", input.prices.length);
  return { total: input.prices.reduce((sum, price) => sum + price, 0) };
}
\`\`\`

短代码可以省略函数：\`return input.a + input.b;\`。也可以是 \`async\`。

代码在独立沙箱中运行：没有文件、网络和定时器，时间和内存有限，也不会给下次运行留下任何东西。要访问外部请用 **HTTP 请求**或工具。打印的内容在 \`{{ key.logs }}\` 中；代码出错时，最后几行会显示在错误里。

运行期间时间静止：\`new Date()\` 是步骤开始的时刻。\`Math.random()\` 在该步骤的每次重试中给出相同的数。因此重试的步骤会得出相同的结果。`,
  },
  config,
  initial: { input: { message: "{{ start.message }}" }, source: INITIAL_SOURCE, timeLimit: 5, memoryLimit: 64 },
  effects: true,
  output: ({ output }) => ({
    type: "object",
    properties: {
      value: (output as JsonSchema | undefined) ?? { description: "What the code returned." },
      logs: { type: "array", items: { type: "string" }, description: "What it printed, line by line." },
    },
    required: ["value", "logs"],
    additionalProperties: false,
  }),
  summary({ source }) {
    const lines = source.split("\n").filter((line) => line.trim() !== "");
    if (lines.length === 0) return { en: "No code yet", zh: "尚无代码" };
    if (lines.length === 1) return same(excerpt(lines[0]!.replaceAll("*", ""), 80));
    return { en: `${lines.length} lines of TypeScript`, zh: `${lines.length} 行 TypeScript` };
  },
  async run({ config }, ctx) {
    const { value, logs } = await ctx.sandbox.run({
      source: config.source,
      input: config.input,
      timeLimit: config.timeLimit * 1000,
      memoryLimit: config.memoryLimit * 1024 * 1024,
      seed: ctx.seed,
      now: Date.now(),
      signal: ctx.signal,
    });
    const detail = config.output && mismatch(config.output as JsonSchema, value);
    if (detail) throw new HeddleError("code.output-invalid", { detail });
    return { output: { value, logs } };
  },
  samples: [
    {
      name: "a function with types",
      config: {
        input: { prices: "{{ cart.prices }}" },
        source: `interface Input { prices: number[] }
export default function ({ prices }: Input) {
  console.log("adding", prices.length);
  return { total: prices.reduce((sum, price) => sum + price, 0) };
}`,
        output: { type: "object", properties: { total: { type: "number" } }, required: ["total"] },
        timeLimit: 5,
        memoryLimit: 64,
      },
      scope: { cart: { prices: [2, 3.5] } },
      output: { value: { total: 5.5 }, logs: ["adding 2"] },
    },
    {
      name: "plain statements",
      config: { input: { a: 2, b: 3 }, source: "return input.a + input.b;", timeLimit: 5, memoryLimit: 64 },
      output: { value: 5, logs: [] },
    },
  ],
});
