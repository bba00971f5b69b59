import { z } from "zod";
import type { JsonSchema } from "../../../engine/lib/json.ts";
import type { Text } from "../../../engine/lib/text.ts";
import { field, modelRole, template } from "../../../engine/node/fields.ts";
import { PERSONAL_KINDS } from "./personal.ts";

const OFF: Text = { en: "Don’t check", zh: "不检查" };
const BLOCK: Text = { en: "Don’t let it through", zh: "不放行" };

export const guardrailConfig = z.object({
  text: template({
    label: { en: "Text", zh: "文本" },
    help: { en: "What is checked.", zh: "要检查的内容。" },
    placeholder: { en: "{{ start.message }}", zh: "{{ start.message }}" },
    long: true,
  }),
  personal: field(z.enum(["off", "mask", "block"]).default("mask"), {
    label: { en: "Personal data and keys", zh: "个人信息与密钥" },
    choices: { off: OFF, mask: { en: "Mask it", zh: "遮盖" }, block: BLOCK },
    help: {
      en: "mask: [email] takes its place. block: the text isn’t let through.",
      zh: "mask：以 [email] 等替换；block：不放行。",
    },
  }),
  kinds: field(z.array(z.enum(PERSONAL_KINDS)).default([...PERSONAL_KINDS]), {
    label: { en: "Which", zh: "种类" },
    choices: {
      email: { en: "Mail address", zh: "邮箱" },
      phone: { en: "Phone number", zh: "电话号码" },
      card: { en: "Card number", zh: "银行卡号" },
      iban: { en: "Bank account (IBAN)", zh: "银行账户（IBAN）" },
      "national-id": { en: "Identity number", zh: "身份证号" },
      ip: { en: "IP address", zh: "IP 地址" },
      key: { en: "Key or password", zh: "密钥或密码" },
    },
    advanced: true,
  }),
  topics: field(z.record(z.string().min(1).max(60), z.string()).default({}), {
    label: { en: "Blocked topics", zh: "禁止话题" },
    help: { en: "A name, and its words with commas between them.", zh: "话题名称，以及用逗号分隔的词。" },
    widget: "labels",
  }),
  injection: field(z.enum(["off", "block"]).default("block"), {
    label: { en: "Orders to the model", zh: "提示词注入" },
    choices: { off: OFF, block: BLOCK },
    help: {
      en: "Texts like “ignore your instructions”. block: the text isn’t let through.",
      zh: "例如“忽略你的指令”之类的内容；block：不放行。",
    },
  }),
  judge: field(z.boolean().default(false), {
    label: { en: "Also ask a model", zh: "同时询问模型" },
    help: {
      en: "It judges topics and injections by meaning, not only by words. Personal data is masked before it is asked.",
      zh: "由模型按含义判断话题和注入，而不只是字面。询问前会先遮盖个人信息。",
    },
    advanced: true,
  }),
  model: modelRole({ label: { en: "Model", zh: "模型" }, advanced: true }),
});
export type GuardrailConfig = z.infer<typeof guardrailConfig>;

const FINDING: JsonSchema = {
  type: "object",
  properties: {
    kind: { type: "string" },
    start: { type: "integer", description: "The first character, from 0." },
    end: { type: "integer" },
    text: { type: "string", description: "What stands there; of personal data only the ends." },
  },
  required: ["kind", "start", "end", "text"],
  additionalProperties: false,
};

export const GUARDRAIL_OUTPUT: JsonSchema = {
  type: "object",
  properties: {
    text: { type: "string", description: "The text, personal data masked." },
    findings: { type: "array", items: FINDING },
    reasons: { type: "array", items: { type: "string" }, description: "Why it isn’t let through: kinds of findings." },
  },
  required: ["text", "findings", "reasons"],
  additionalProperties: false,
};

export const GUARDRAIL_DOCS = {
  en: `Checks a text before it goes on: what customers write before a model reads it, what a model writes before anybody gets it. It leaves by **pass** or by
**blocked**.

- **Personal data and keys**: e-mail addresses, phone numbers, cards, bank accounts, national numbers (those with check digits count only when these fit), IP addresses,
  keys and tokens. *mask* puts \`[email]\` in their place and lets the text pass; *block* doesn’t let it through.
- **Blocked topics**: a name, and words with commas between them. Whole words count, upper and lower case alike.
- **Orders to the model**: a stated list of signs, such as “ignore your instructions”, requests for the system prompt, markup that models use, invisible text.
- **Also ask a model**: it judges topics and injections by meaning. It finds what a list of words can’t, costs a call, and may err.

Later steps read \`{{ key.text }}\`, the masked text (refer to it instead of the original), \`{{ key.findings }}\` and \`{{ key.reasons }}\`. No check finds everything: it makes
accidents rarer and doesn’t replace rights and reviews.`,
  zh: `在文本继续传递前进行检查：客户写的内容在模型阅读之前，模型写的内容在送达他人之前。从**放行**或**拦截**出口离开。

- **个人信息与密钥**：邮箱、电话、银行卡、IBAN、证件号（带校验位的需校验通过，含居民身份证号）、IP 地址、密钥和令牌。*mask* 以 \`[email]\` 等替换后放行；*block* 不放行。
- **禁止话题**：名称，以及用逗号分隔的词。英文按整词匹配，不区分大小写；中文按出现匹配。
- **提示词注入**：按既定清单识别，例如“忽略你的指令”、索要系统提示词、模型标记、不可见文本。
- **同时询问模型**：按含义判断话题和注入，能发现词表找不到的内容，但需要一次调用，也可能出错。

后续步骤读取 \`{{ key.text }}\`（遮盖后的文本，请引用它而不是原文）、\`{{ key.findings }}\` 和 \`{{ key.reasons }}\`。任何检查都无法发现一切：它减少意外，但不能替代权限与审核。`,
};
