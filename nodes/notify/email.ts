import { basename } from "node:path";
import { z } from "zod";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { JsonSchema, JsonValue } from "../../engine/lib/json.ts";
import { defineNode } from "../../engine/node/define.ts";
import { field, jsonTemplate, template } from "../../engine/node/fields.ts";
import type { StepContext } from "../../engine/node/operation.ts";
import { fillSecrets } from "../secret-text.ts";
import { excerpt } from "../wording.ts";
import { messageIdOf, sendMail, type Mail } from "./smtp.ts";

const ATTACHMENT_LIMIT = 25 * 1024 * 1024;

const config = z.object({
  server: field(z.string(), {
    label: { en: "Server", zh: "服务器" },
    help: {
      en: "smtps:// for encryption from the start, smtp:// for STARTTLS.",
      zh: "smtps:// 表示全程加密，smtp:// 表示 STARTTLS。",
    },
    placeholder: { en: "smtp://mail.example.com:587", zh: "smtp://mail.example.com:587" },
  }),
  user: field(z.string().optional(), { label: { en: "User", zh: "用户" } }),
  password: field(z.string().optional(), {
    label: { en: "Password", zh: "密码" },
    help: { en: "A secret, like {{ secrets.MAIL_PASSWORD }}.", zh: "密钥，例如 {{ secrets.MAIL_PASSWORD }}。" },
    widget: "secret",
  }),
  from: template({
    label: { en: "From", zh: "发件人" },
    placeholder: { en: "Shop <shop@example.com>", zh: "商店 <shop@example.com>" },
  }),
  to: template({
    label: { en: "To", zh: "收件人" },
    help: { en: "Several with commas between.", zh: "多个地址用逗号分隔。" },
  }),
  cc: template({ label: { en: "Cc", zh: "抄送" }, advanced: true }).optional(),
  bcc: template({ label: { en: "Bcc", zh: "密送" }, advanced: true }).optional(),
  replyTo: template({ label: { en: "Answers to", zh: "回复至" }, advanced: true }).optional(),
  subject: template({ label: { en: "Subject", zh: "主题" } }),
  text: template({ label: { en: "Text", zh: "正文" }, long: true }),
  html: template({
    label: { en: "HTML", zh: "HTML" },
    help: { en: "Shown instead of the text where mail programs can.", zh: "在支持的邮件程序中代替正文显示。" },
    long: true,
    advanced: true,
  }).optional(),
  attachments: jsonTemplate({
    label: { en: "Attachments", zh: "附件" },
    help: { en: "Paths of files of the project, as a list.", zh: "项目文件路径的列表。" },
    advanced: true,
  }).optional(),
  timeout: field(z.number().min(1).max(600).default(30), {
    label: { en: "Seconds at most", zh: "最长秒数" },
    advanced: true,
  }),
});
type EmailConfig = z.infer<typeof config>;

const ADDRESSES: JsonSchema = { type: "array", items: { type: "string" } };

/** Sends an e-mail. */
export const email = defineNode({
  role: "step",
  type: "email",
  version: 1,
  family: "io",
  icon: "mail",
  title: { en: "Send an e-mail", zh: "发送邮件" },
  description: { en: "Sends a mail through an SMTP server.", zh: "通过 SMTP 服务器发送邮件。" },
  docs: {
    en: `Sends one mail to everybody named. The output is \`{ messageId, accepted, rejected }\`: who the server took it for, and who not.

- **Server**: what your mail provider calls SMTP or outgoing mail, like \`smtp://mail.example.com:587\`. The password is a secret; it is never
  sent without encryption.
- **Attachments** are files of the project, 25 MB together at most: \`["output/{{ order.id }}.pdf"]\`.
- A step that is tried again sends the same \`Message-ID\`, so mailboxes that saw the mail already show it once.
- A server that is busy or away is worth another try: give the step retries. One that refuses the mail isn’t.`,
    zh: `把一封邮件发给所有填写的收件人。输出为 \`{ messageId, accepted, rejected }\`：服务器接受和拒绝了哪些收件人。

- **服务器**：邮件服务商所说的 SMTP 或发件服务器，例如 \`smtp://mail.example.com:587\`。密码写成密钥，绝不会在未加密的情况下发送。
- **附件**是项目中的文件，总共不超过 25 MB：\`["output/{{ order.id }}.pdf"]\`。
- 步骤重试时 \`Message-ID\` 不变，已收到该邮件的邮箱只会显示一封。
- 服务器繁忙或无法连接时值得重试：请为该步骤设置重试次数。服务器拒收时重试没有用。`,
  },
  config,
  initial: { server: "", from: "", to: "", subject: "", text: "", timeout: 30 },
  effects: true,
  output: () => ({
    type: "object",
    properties: { messageId: { type: "string" }, accepted: ADDRESSES, rejected: ADDRESSES },
    required: ["messageId", "accepted", "rejected"],
    additionalProperties: false,
  }),
  summary({ to, subject }) {
    if (to.trim() === "") return { en: "No recipient yet", zh: "尚未填写收件人" };
    return {
      en: `Mails **${excerpt(to, 40)}**: ${excerpt(subject, 50)}`,
      zh: `发邮件给 **${excerpt(to, 40)}**：${excerpt(subject, 50)}`,
    };
  },
  async run({ config }, ctx) {
    const password = config.password === undefined ? undefined : await fillSecrets(config.password, ctx.secrets);
    const { server, user, timeout } = config;
    const smtp = { address: server, timeout, ...(user && { user }), ...(password && { password }) };
    return { output: await sendMail(smtp, await mailOf(config, ctx), ctx.signal) };
  },
  samples: [
    {
      name: "confirms an order",
      config: {
        server: "smtp://127.0.0.1:2525",
        from: "Shop <shop@example.com>",
        to: "{{ start.mail }}",
        subject: "Your order {{ start.order }}",
        text: "Thank you!",
        attachments: ["data/orders.csv"],
        timeout: 30,
      },
      scope: { start: { mail: "ada@example.com", order: 1042 } },
      output: {
        messageId: "<1aee80ed2e8bede7a8ac8faaaeb10a202fa2f7db@example.com>",
        accepted: ["ada@example.com"],
        rejected: [],
      },
    },
  ],
});

async function mailOf(config: EmailConfig, ctx: StepContext): Promise<Mail> {
  const [to, cc, bcc] = [list(config.to), list(config.cc), list(config.bcc)];
  if (to.length + cc.length + bcc.length === 0) throw new HeddleError("email.no-recipient");
  for (const address of [config.from, ...to, ...cc, ...bcc]) requireAddress(address);
  if (config.replyTo) requireAddress(config.replyTo);
  return {
    from: config.from.trim(),
    to,
    cc,
    bcc,
    ...(config.replyTo && { replyTo: config.replyTo }),
    subject: config.subject.replace(/[\r\n]+/g, " "),
    text: config.text,
    ...(config.html && { html: config.html }),
    attachments: await attachmentsOf(config.attachments, ctx),
    messageId: messageIdOf(ctx.idempotencyKey, config.from),
  };
}

/** Commas part addresses, but not those inside quotes. */
const list = (text = ""): string[] =>
  (text.match(/(?:"[^"]*"|[^,;"])+/g) ?? []).map((address) => address.trim()).filter((address) => address !== "");

function requireAddress(text: string): void {
  const address = /<([^<>]*)>\s*$/.exec(text)?.[1] ?? text.trim();
  if (!/^[^\s@<>,;"]+@[^\s@<>,;"]+$/.test(address) || /[\r\n]/.test(text))
    throw new HeddleError("email.bad-address", { address: text });
}

async function attachmentsOf(paths: JsonValue | undefined, ctx: StepContext): Promise<Mail["attachments"]> {
  const names = Array.isArray(paths) ? paths : paths === undefined || paths === null || paths === "" ? [] : [paths];
  const attachments: Mail["attachments"] = [];
  let room = ATTACHMENT_LIMIT;
  for (const name of names) {
    const path = typeof name === "string" ? name : JSON.stringify(name);
    const content = Buffer.from(await ctx.files.read(path, ctx.signal, room));
    room -= content.byteLength;
    attachments.push({ filename: basename(path), content });
  }
  return attachments;
}
