import type { Text } from "../../engine/lib/text.ts";

export const EACH_DOCS: Text = {
  en: `Holds steps and runs them once for each item: put steps into its frame and wire them there.

Inside, \`{{ item }}\` is the current item and \`{{ index }}\` its number, from 0. For an object, an item is \`{ key, value }\`; for a number
like \`3\` there are that many rounds.

**Keep of each round** says what a round gives, from the steps inside: \`{{ reply.text }}\`, or an object with several. Afterwards
\`{{ key.items }}\` holds them in the order of the items, however the rounds overtook each other; \`{{ key.count }}\` says how many rounds there were.

**When a round fails**: *stop* fails the whole step with that round’s error and begins no further rounds; *skip* leaves its result out; *collect*
puts \`null\` in its place. \`{{ key.failed }}\` lists the failed ones as \`{ index, error }\`.

Rounds are recorded one by one: after a crash those that had ended don’t run again.`,
  zh: `容纳一组步骤，并对每一项运行一遍：把步骤放进它的框内，在里面连线。

内部用 \`{{ item }}\` 读取当前项，\`{{ index }}\` 为序号（从 0 开始）。遍历对象时每一项为 \`{ key, value }\`；遍历数字（例如 \`3\`）时执行相应次数。

**每轮保留**说明一轮给出什么，取自内部步骤：\`{{ reply.text }}\`，或含多个值的对象。之后 \`{{ key.items }}\` 按项目顺序保存这些结果，与完成先后无关；\`{{ key.count }}\` 为轮数。

**某轮失败时**：*stop* 以该轮的错误使整个步骤失败，不再开始新的轮次；*skip* 略去其结果；*collect* 在其位置放 \`null\`。\`{{ key.failed }}\` 以 \`{ index, error }\` 列出失败的轮次。

每轮单独记录：崩溃后，已结束的轮次不会重新运行。`,
};
