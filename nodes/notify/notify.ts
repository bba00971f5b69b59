import { z } from "zod";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { JsonValue } from "../../engine/lib/json.ts";
import { defineNode } from "../../engine/node/define.ts";
import { field, jsonTemplate, template } from "../../engine/node/fields.ts";
import type { StepContext } from "../../engine/node/operation.ts";
import { exchange, webAddress } from "../data/http-exchange.ts";
import { fillSecrets } from "../secret-text.ts";
import { excerpt } from "../wording.ts";
import { webhookHeaders } from "./signature.ts";

const FORMATS = ["json", "slack", "teams"] as const;

const config = z.object({
  address: field(z.string(), {
    label: { en: "Address", zh: "地址" },
    help: {
      en: "Where the notice goes. Addresses of chat rooms are secrets: {{ secrets.TEAM_ROOM }}.",
      zh: "通知发送到的地址。聊天室的地址应写成密钥：{{ secrets.TEAM_ROOM }}。",
    },
    placeholder: { en: "{{ secrets.TEAM_ROOM }}", zh: "{{ secrets.TEAM_ROOM }}" },
    widget: "secret",
  }),
  format: field(z.enum(FORMATS).default("json"), {
    label: { en: "For", zh: "接收方" },
    choices: { json: { en: "Any program", zh: "任意程序" } },
    help: {
      en: "json: any program. slack, teams: a message in a chat room.",
      zh: "json：任意程序。slack、teams：聊天室中的消息。",
    },
  }),
  message: template({ label: { en: "Message", zh: "消息" }, long: true }),
  data: jsonTemplate({
    label: { en: "Data", zh: "数据" },
    help: { en: "Sent along with the message to programs.", zh: "与消息一起发送给程序。" },
    advanced: true,
  }).optional(),
  signingKey: field(z.string().optional(), {
    label: { en: "Signing key", zh: "签名密钥" },
    help: {
      en: "A secret that the receiver knows too: it then can tell that the notice is yours.",
      zh: "接收方也知道的密钥，用于确认通知来自您。",
    },
    widget: "secret",
    advanced: true,
  }),
  timeout: field(z.number().min(1).max(600).default(30), {
    label: { en: "Seconds at most", zh: "最长秒数" },
    advanced: true,
  }),
});
type NotifyConfig = z.infer<typeof config>;

/** Tells somebody, or some program, over a webhook. */
export const notify = defineNode({
  role: "step",
  type: "notify",
  version: 1,
  family: "io",
  icon: "send",
  title: { en: "Notify", zh: "通知" },
  description: { en: "Posts a message to a chat room or a webhook.", zh: "向聊天室或 Webhook 发送消息。" },
  docs: {
    en: `Posts a message to an address that waits for it.

- **slack**, **teams**: a chat room’s “incoming webhook”. Whoever knows that address can write there: keep it as a secret.
- **json**: any program. It gets \`{ "message": …, "data": … }\`.
- An \`Idempotency-Key\` goes along, the same at each try, so that a careful receiver acts once.
- With a **signing key** the notice is signed the way *Standard Webhooks* describes (\`webhook-id\`, \`webhook-timestamp\`,
  \`webhook-signature\`), so that the receiver can check who sent it.

The output is \`{ status }\`. A receiver that is busy or away is worth another try: give the step retries.`,
    zh: `向一个等待消息的地址发送消息。

- **slack**、**teams**：聊天室的“传入 Webhook”。知道该地址的人都能在其中发言，因此请写成密钥。
- **json**：任意程序，收到的内容为 \`{ "message": …, "data": … }\`。
- 请求会带上 \`Idempotency-Key\`，每次重试都相同，便于接收方只处理一次。
- 填写**签名密钥**后，通知按 *Standard Webhooks* 的方式签名（\`webhook-id\`、\`webhook-timestamp\`、\`webhook-signature\`），接收方可据此核实发送者。

输出为 \`{ status }\`。接收方繁忙或无法连接时值得重试：请为该步骤设置重试次数。`,
  },
  config,
  initial: { address: "", format: "json", message: "", timeout: 30 },
  effects: true,
  output: () => ({
    type: "object",
    properties: { status: { type: "integer" } },
    required: ["status"],
    additionalProperties: false,
  }),
  summary({ message, format }) {
    if (message.trim() === "") return { en: "No message yet", zh: "尚未填写消息" };
    const where = {
      json: { en: "a webhook", zh: "Webhook" },
      slack: { en: "Slack", zh: "Slack" },
      teams: { en: "Teams", zh: "Teams" },
    };
    return {
      en: `Tells **${where[format].en}**: ${excerpt(message, 60)}`,
      zh: `通知 **${where[format].zh}**：${excerpt(message, 60)}`,
    };
  },
  run: async ({ config }, ctx) => ({ output: { status: await post(config, ctx) } }),
  samples: [
    {
      name: "tells a webhook",
      config: {
        address: "{{ secrets.WEBHOOK }}",
        format: "json",
        message: "Order {{ order.id }} is late",
        data: { order: "{{ order.id }}" },
        timeout: 30,
      },
      scope: { order: { id: 1042 } },
      output: { status: 200 },
    },
  ],
});

async function post(config: NotifyConfig, ctx: StepContext): Promise<number> {
  const address = await fillSecrets(config.address, ctx.secrets);
  // The address may be the secret itself, so that messages show what was written instead.
  const url = webAddress(address?.trim() ?? "", config.address);
  const body = JSON.stringify(payload(config));
  const headers = new Headers({ "content-type": "application/json", "idempotency-key": ctx.idempotencyKey });
  const secret = config.signingKey && (await fillSecrets(config.signingKey, ctx.secrets));
  if (secret) {
    const seconds = Math.floor(Date.now() / 1000);
    const signature = webhookHeaders({ key: ctx.idempotencyKey, body, seconds, secret });
    for (const [name, value] of Object.entries(signature)) headers.set(name, value);
  }
  const call = { method: "POST", url, headers, body, timeout: config.timeout, maxSize: 1, carriesSecrets: true };
  try {
    return (await exchange(call, ctx)).status;
  } catch (error) {
    if (!(error instanceof HeddleError) || !config.address.includes("{{")) throw error;
    throw new HeddleError(error.code, { ...error.params, url: config.address }, { retryable: error.retryable });
  }
}

function payload({ format, message, data }: NotifyConfig): JsonValue {
  if (format === "slack") return { text: message };
  if (format === "json") return { message, ...(data !== undefined && { data }) };
  const card = {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.4",
    body: [{ type: "TextBlock", text: message, wrap: true }],
  };
  return { type: "message", attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content: card }] };
}
