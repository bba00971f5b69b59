import type { JsonObject, JsonSchema, JsonValue } from "../../engine/lib/json.ts";
import { template } from "../../engine/node/fields.ts";
import type { Operation, TaskAnswer } from "../../engine/node/operation.ts";
import { durationTemplate, optionalDuration } from "../duration.ts";
import { answerWithin } from "./answer-within.ts";

/** What every step that asks a person lets its author set. */
export const ASK_FIELDS = {
  title: template({
    label: { en: "Title", zh: "标题" },
    help: { en: "The line in the inbox.", zh: "收件箱中显示的一行。" },
    placeholder: { en: "Refund order {{ start.order }}?", zh: "是否为订单 {{ start.order }} 退款？" },
  }),
  details: template({
    label: { en: "Details (Markdown)", zh: "详情（Markdown）" },
    help: { en: "What the person has to know.", zh: "需要告知对方的内容。" },
    long: true,
  }).default(""),
  assignee: template({
    label: { en: "For", zh: "处理人" },
    help: {
      en: "A name or an address; empty: whoever looks into the inbox.",
      zh: "姓名或邮箱；留空则由查看收件箱的任何人处理。",
    },
    placeholder: { en: "accounting", zh: "财务部" },
  }).default(""),
};

export const ESCALATION_FIELDS = {
  escalateAfter: durationTemplate({
    label: { en: "Hand over after", zh: "转交时限" },
    help: { en: "When nobody answered by then, it goes to somebody else.", zh: "到时无人处理则转交他人。" },
    placeholder: { en: "4h", zh: "4h" },
    advanced: true,
  }).default(""),
  escalateTo: template({
    label: { en: "Hand over to", zh: "转交给" },
    placeholder: { en: "head of accounting", zh: "财务主管" },
    advanced: true,
  }).default(""),
};

export const deadlineField = (help: { en: string; zh: string }) =>
  durationTemplate({ label: { en: "Deadline", zh: "截止时限" }, help, placeholder: { en: "2d", zh: "2d" } }).default(
    "",
  );

/** The settings as they are rendered. */
export interface AskConfig {
  title: string;
  details: string;
  assignee: string;
  deadline: string;
  escalateAfter: string;
  escalateTo: string;
}

export interface Question {
  choices: { id: string; label: string }[];
  form?: JsonSchema;
}

/** A person's answer; undefined when the deadline passed. After the time for handing over, the task is another one's. */
export function* ask(config: AskConfig, question: Question): Generator<Operation, TaskAnswer | undefined, JsonValue> {
  const { title, details, assignee, escalateTo } = config;
  const deadline = optionalDuration(config.deadline);
  const after = escalateTo.trim() === "" ? undefined : optionalDuration(config.escalateAfter);
  const task = (whom: string) =>
    ({ kind: "task", title, details, ...(whom !== "" && { assignee: whom }), ...question }) as const;
  if (after === undefined || (deadline !== undefined && after >= deadline)) {
    return answerOf(yield* answerWithin("answer", task(assignee), deadline));
  }
  const first = yield* answerWithin("answer", task(assignee), after);
  if (first) return answerOf(first);
  return answerOf(
    yield* answerWithin("answer 2", task(escalateTo), deadline === undefined ? undefined : deadline - after),
  );
}

function answerOf(answer: { value: JsonValue } | undefined): TaskAnswer | undefined {
  if (!answer) return undefined;
  const { choice, values, by, comment } = answer.value as JsonObject;
  return {
    choice: choice as string,
    values: (values ?? {}) as JsonObject,
    ...(typeof by === "string" && { by }),
    ...(typeof comment === "string" && { comment }),
  };
}
