import { z } from "zod";
import { defineNode, type NodeArguments } from "../../engine/node/define.ts";
import { field } from "../../engine/node/fields.ts";
import { issue } from "../../engine/node/issue.ts";
import type { NodeProcess } from "../../engine/node/operation.ts";
import { excerpt, same } from "../wording.ts";
import { APPROVAL_DOCS } from "./approval-docs.ts";
import { ask, ASK_FIELDS, deadlineField, ESCALATION_FIELDS } from "./ask.ts";

const EXPIRED = "expired";
const RESERVED: readonly string[] = [EXPIRED, "error", "undo"];

const config = z
  .object({
    ...ASK_FIELDS,
    choices: field(
      z
        .record(z.string().regex(/^[A-Za-z0-9_-]+$/), z.string())
        .refine(
          (choices) => Object.keys(choices).length > 0,
          issue({ en: "Give at least one choice.", zh: "请至少给出一个选项。" }),
        )
        .default({ approve: "Approve", reject: "Reject" }),
      {
        label: { en: "Choices", zh: "选项" },
        help: { en: "Each is a button and a way out.", zh: "每个选项是一个按钮，也是一个出口。" },
        widget: "labels",
      },
    ),
    deadline: deadlineField({
      en: "When nobody decided by then. Empty: it waits for ever.",
      zh: "到时无人决定时的处理；留空则一直等待。",
    }),
    whenExpired: field(z.string().default(EXPIRED), {
      label: { en: "After the deadline", zh: "过期后" },
      help: {
        en: "“expired” takes a way out of its own; or name a choice that then counts.",
        zh: "填 expired 走单独的出口；或填写届时生效的选项。",
      },
      advanced: true,
    }),
    ...ESCALATION_FIELDS,
  })
  .superRefine(({ choices, whenExpired }, issues) => {
    const ids = Object.keys(choices);
    for (const id of ids.filter((choice) => RESERVED.includes(choice))) {
      const text = {
        en: `“${id}” is the name of another way out. Choose a different name.`,
        zh: `“${id}”是另一个出口的名称，请换一个名称。`,
      };
      issues.addIssue({ code: "custom", path: ["choices", id], ...issue(text) });
    }
    if (whenExpired === EXPIRED || ids.includes(whenExpired)) return;
    const text = {
      en: `There is no choice “${whenExpired}”. Write expired, or one of: ${ids.join(", ")}.`,
      zh: `没有选项“${whenExpired}”。请填写 expired 或其中之一：${ids.join("、")}。`,
    };
    issues.addIssue({ code: "custom", path: ["whenExpired"], ...issue(text) });
  });
type ApprovalConfig = z.infer<typeof config>;

const mayExpire = ({ deadline, whenExpired }: ApprovalConfig): boolean =>
  deadline.trim() !== "" && whenExpired === EXPIRED;

function* decide({ config: written }: NodeArguments<ApprovalConfig>): NodeProcess {
  const choices = Object.entries(written.choices).map(([id, label]) => ({ id, label: label === "" ? id : label }));
  const answer = yield* ask(written, { choices });
  const choice = answer?.choice ?? written.whenExpired;
  return {
    output: { choice, comment: answer?.comment ?? "", by: answer?.by ?? "", expired: answer === undefined },
    port: choice,
  };
}

/** Asks a person to decide, and goes the way that they choose. */
export const approval = defineNode<ApprovalConfig>({
  role: "step",
  type: "approval",
  version: 1,
  family: "people",
  icon: "user-check",
  title: { en: "Approval", zh: "人工审批" },
  description: { en: "Asks a person to decide.", zh: "请人做出决定。" },
  docs: APPROVAL_DOCS,
  config,
  initial: {
    title: "",
    details: "",
    assignee: "",
    choices: { approve: "Approve", reject: "Reject" },
    deadline: "",
    whenExpired: EXPIRED,
    escalateAfter: "",
    escalateTo: "",
  },
  effects: true,
  output: (written) => ({
    type: "object",
    properties: {
      choice: { type: "string", enum: [...Object.keys(written.choices), ...(mayExpire(written) ? [EXPIRED] : [])] },
      comment: { type: "string", description: "What the person wrote, perhaps nothing." },
      by: { type: "string", description: "Who decided; empty after the deadline." },
      expired: { type: "boolean", description: "Nobody decided in time." },
    },
    required: ["choice", "comment", "by", "expired"],
    additionalProperties: false,
  }),
  ports: (written) => [
    ...Object.entries(written.choices).map(([id, label]) => ({ id, label: same(label === "" ? id : label) })),
    ...(mayExpire(written) ? [{ id: EXPIRED, label: { en: "Expired", zh: "已过期" } }] : []),
  ],
  summary({ title, assignee }) {
    const what = title === "" ? { en: "a decision", zh: "做出决定" } : same(`“${excerpt(title, 60)}”`);
    if (assignee === "") return { en: `Asks for ${what.en}`, zh: `请人处理：${what.zh}` };
    return { en: `Asks ${assignee} for ${what.en}`, zh: `请 ${assignee} 处理：${what.zh}` };
  },
  process: decide,
  samples: [
    {
      name: "goes the way that was chosen",
      config: {
        title: "Refund order {{ start.order }}?",
        details: "It is **late**.",
        assignee: "accounting",
        choices: { approve: "Approve", reject: "Reject" },
        deadline: "",
        whenExpired: EXPIRED,
        escalateAfter: "",
        escalateTo: "",
      },
      scope: { start: { order: "1042" } },
      answers: [{ choice: "reject", values: {}, by: "Ada", comment: "Not late at all" }],
      output: { choice: "reject", comment: "Not late at all", by: "Ada", expired: false },
      port: "reject",
    },
    {
      name: "goes a way of its own after the deadline",
      config: {
        title: "Publish?",
        details: "",
        assignee: "",
        choices: { approve: "", reject: "" },
        deadline: "5ms",
        whenExpired: EXPIRED,
        escalateAfter: "",
        escalateTo: "",
      },
      output: { choice: "expired", comment: "", by: "", expired: true },
      port: "expired",
    },
    {
      name: "takes a choice for granted after the deadline",
      config: {
        title: "Publish?",
        details: "",
        assignee: "",
        choices: { approve: "", reject: "" },
        deadline: "10ms",
        whenExpired: "approve",
        escalateAfter: "5ms",
        escalateTo: "the editor",
      },
      output: { choice: "approve", comment: "", by: "", expired: true },
      port: "approve",
    },
  ],
});
