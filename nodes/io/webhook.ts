import { HeddleError } from "../../engine/lib/errors/error.ts";
import { isJsonObject, type JsonObject, type JsonSchema, type JsonValue } from "../../engine/lib/json.ts";
import { defineNode } from "../../engine/node/define.ts";
import { mismatch } from "../schema-check.ts";
import { webhookConfig, WEBHOOK_DOCS, type WebhookConfig } from "./webhook-config.ts";

const TEXTS: JsonSchema = { type: "object", additionalProperties: { type: "string" }, default: {} };

function webhookSchema({ body, methods }: WebhookConfig): JsonSchema {
  return {
    type: "object",
    properties: {
      body: { ...body, title: "Body" },
      headers: { ...TEXTS, title: "Headers", description: "Names in lower case." },
      query: { ...TEXTS, title: "Query" },
      method: { type: "string", title: "Method", enum: [...methods], default: methods[0]! },
    },
    required: ["body"],
    additionalProperties: false,
  };
}

/** What a call's body must be like, where the author said so. @throws HeddleError `input.bad-body` */
export function checkBody(schema: JsonObject | undefined, body: JsonValue): void {
  const detail = schema && mismatch(schema as JsonSchema, body);
  if (detail !== undefined) throw new HeddleError("input.bad-body", { detail });
}

function readCall({ config, input }: { config: WebhookConfig; input: JsonValue }) {
  const call = isJsonObject(input) ? input : {};
  const body = call["body"] ?? null;
  checkBody(config.body, body);
  const texts = (value: JsonValue | undefined) => (isJsonObject(value) ? value : {});
  const method = call["method"] ?? config.methods[0]!;
  return { output: { body, headers: texts(call["headers"]), query: texts(call["query"]), method } };
}

/** Begins a run for each call over HTTP. */
export const webhook = defineNode<WebhookConfig>({
  role: "step",
  type: "webhook",
  version: 1,
  family: "io",
  icon: "webhook",
  title: { en: "Webhook", zh: "Webhook 回调" },
  description: { en: "Begins when another program calls an address.", zh: "其他程序调用某个地址时触发。" },
  docs: WEBHOOK_DOCS,
  config: webhookConfig,
  initial: { path: "orders", methods: ["POST"], auth: "none", respond: "run" },
  hasInput: false,
  trigger: "webhook",
  effects: false,
  output: webhookSchema,
  summary({ methods, path, auth }) {
    const call = `**${methods.join(", ")}** ${path}`;
    return auth === "none"
      ? { en: `For each ${call}, open to everybody`, zh: `收到 ${call} 时触发，无需认证` }
      : { en: `For each ${call} that is authentic`, zh: `收到通过认证的 ${call} 时触发` };
  },
  run: readCall,
  samples: [
    {
      name: "hands a call on",
      config: { path: "orders", methods: ["POST"], auth: "none", respond: "run" },
      input: {
        body: { id: 7 },
        headers: { "content-type": "application/json" },
        query: { source: "shop" },
        method: "POST",
      },
      output: {
        body: { id: 7 },
        headers: { "content-type": "application/json" },
        query: { source: "shop" },
        method: "POST",
      },
      port: "out",
    },
    {
      name: "checks the body against the form that was agreed",
      config: {
        path: "orders",
        methods: ["POST"],
        auth: "none",
        respond: "output",
        body: { type: "object", properties: { id: { type: "integer" } }, required: ["id"] },
      },
      input: { body: { id: "seven" } },
      error: "input.bad-body",
    },
  ],
});
