import { z } from "zod";
import type { Text } from "../../engine/lib/text.ts";
import { expression, field, jsonTemplate } from "../../engine/node/fields.ts";
import { issue } from "../../engine/node/issue.ts";

const NO_END: Text = {
  en: "Say when the loop ends: how often, while or until.",
  zh: "请说明循环何时结束：次数、“当…时继续”或“直到”。",
};

export const NEXT: Text = { en: "State for the next round", zh: "下一轮的状态" };

const isEmpty = (value: unknown): boolean => value === undefined || value === null || value === "";

export const loopConfig = z
  .object({
    times: expression({
      label: { en: "How often", zh: "次数" },
      help: { en: "A number, or a reference to one. Empty: no count.", zh: "数字或对数字的引用；留空则不计次数。" },
      placeholder: { en: "3", zh: "3" },
      expects: "number",
    }).optional(),
    while: expression({
      label: { en: "While", zh: "当…时继续" },
      help: {
        en: "Asked before each round: {{ state }} and {{ index }}.",
        zh: "每轮开始前判断，可用 state 和 index。",
      },
      placeholder: { en: "state.open > 0", zh: "state.open > 0" },
      expects: "bool",
      within: "locals",
    }).optional(),
    until: expression({
      label: { en: "Until", zh: "直到" },
      help: { en: "Asked after each round: also the steps inside.", zh: "每轮结束后判断，还可引用内部步骤。" },
      placeholder: { en: "check.good", zh: "check.good" },
      expects: "bool",
      within: "body",
    }).optional(),
    state: jsonTemplate({
      label: { en: "State at the beginning", zh: "初始状态" },
      help: { en: "What the first round reads as {{ state }}.", zh: "第一轮用 {{ state }} 读取的内容。" },
    }).optional(),
    next: jsonTemplate({
      label: NEXT,
      help: {
        en: "Made at the end of a round from the steps inside. Empty: the state stays.",
        zh: "每轮结束时由内部步骤得出；留空则保持不变。",
      },
      within: "body",
    }).optional(),
    limit: field(z.int().min(1).max(10_000_000).default(1000), {
      label: { en: "Rounds at most", zh: "最多轮数" },
      help: { en: "A loop that never ends is stopped here.", zh: "循环无法结束时在此停止。" },
      advanced: true,
    }),
    atLimit: field(z.enum(["error", "continue"]).default("error"), {
      label: { en: "At the limit", zh: "到达上限时" },
      choices: { error: { en: "Fail", zh: "报错" }, continue: { en: "Go on", zh: "继续" } },
      help: {
        en: "error: the step fails. continue: it goes on with the last state, and “limitReached” is true.",
        zh: "error：步骤失败；continue：以最后的状态继续，limitReached 为 true。",
      },
      advanced: true,
    }),
  })
  .superRefine((config, issues) => {
    if (!isEmpty(config.times) || !isEmpty(config.while) || !isEmpty(config.until)) return;
    issues.addIssue({ code: "custom", path: ["until"], ...issue(NO_END) });
  });
export type LoopConfig = z.infer<typeof loopConfig>;

export const LOOP_DOCS: Text = {
  en: `Holds steps and repeats them, one round after the other: put steps into its frame and wire them there.

It ends when one of these says so; several may be filled in:

- **How often**: after that many rounds.
- **While**: asked before each round; the loop ends when it is false.
- **Until**: asked after each round, with the steps inside; the loop ends when it is true.

**State** is what one round hands to the next. It begins as *State at the beginning*; each round reads it as \`{{ state }}\` and makes the next with
*State for the next round*: \`{ "draft": "{{ rewrite.text }}" }\`. \`{{ index }}\` counts rounds from 0.

Later steps read \`{{ key.state }}\`, the last state, and \`{{ key.rounds }}\`. A loop that reaches *Rounds at most* fails, or goes on with
\`{{ key.limitReached }}\` true, as you choose.`,
  zh: `容纳一组步骤并逐轮重复：把步骤放进它的框内，在里面连线。

满足下列任一条件即结束，可同时填写多个：

- **次数**：执行满该次数后。
- **当…时继续**：每轮开始前判断，为假时结束。
- **直到**：每轮结束后判断，可引用内部步骤，为真时结束。

**状态**由一轮传给下一轮。它从“初始状态”开始；每轮用 \`{{ state }}\` 读取，并用“下一轮的状态”得出新状态：\`{ "draft": "{{ rewrite.text }}" }\`。\`{{ index }}\` 从 0 开始计轮数。

后续步骤读取 \`{{ key.state }}\`（最后的状态）和 \`{{ key.rounds }}\`。达到“最多轮数”时，可选择失败，或继续并使 \`{{ key.limitReached }}\` 为 true。`,
};
