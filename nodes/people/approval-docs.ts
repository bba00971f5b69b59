import type { Text } from "../../engine/lib/text.ts";

export const APPROVAL_DOCS: Text = {
  en: `Asks a person to decide before the flow goes on: to refund, to publish, to send. The question appears in the studio’s **inbox**; the run rests meanwhile, costs
nothing and survives restarts.

- **Title** and **Details** say what it is about. Put in what the person needs: \`{{ details.amount }}\`, the draft, the customer’s words.
- **Choices** are the buttons. Each is a way out on the canvas.
- **Deadline**: when nobody decided by then, the way *expired* is taken; or name a choice that then counts.
- **Hand over**: after a while the question goes to somebody else. The first person can’t answer it any more then.

Later steps read \`{{ key.choice }}\`, \`{{ key.comment }}\` and \`{{ key.by }}\`.`,
  zh: `让流程先请人决定再继续：是否退款、发布、发送。问题显示在工作室的**收件箱**中；其间运行处于休眠，不占资源，重启后依然有效。

- **标题**和**详情**说明事由，把对方需要的内容写进去：\`{{ details.amount }}\`、草稿、客户原话。
- **选项**是按钮，每个都是画布上的一个出口。
- **截止时限**：到时无人决定则走*已过期*出口；也可指定届时生效的选项。
- **转交**：一段时间后问题转给他人，原处理人将无法再作答。

后续步骤读取 \`{{ key.choice }}\`、\`{{ key.comment }}\` 和 \`{{ key.by }}\`。`,
};
