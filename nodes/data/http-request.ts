import { z } from "zod";
import type { JsonSchema } from "../../engine/lib/json.ts";
import { defineNode } from "../../engine/node/define.ts";
import { field, jsonTemplate, template } from "../../engine/node/fields.ts";
import { excerpt } from "../wording.ts";
import { sendRequest } from "./http-send.ts";

export const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD"] as const;

const config = z.object({
  method: field(z.enum(METHODS).default("GET"), { label: { en: "Method", zh: "方法" } }),
  url: template({
    label: { en: "Address", zh: "地址" },
    placeholder: {
      en: "https://api.example.com/orders/{{ details.order }}",
      zh: "https://api.example.com/orders/{{ details.order }}",
    },
  }),
  query: field(z.record(z.string(), template({})).optional(), {
    label: { en: "Query", zh: "查询参数" },
    help: { en: "Added to the address, escaped. Empty ones are left out.", zh: "经转义后附加到地址；空值省略。" },
    widget: "key-values",
  }),
  headers: field(z.record(z.string(), template({})).optional(), {
    label: { en: "Headers", zh: "请求头" },
    widget: "key-values",
  }),
  secretHeaders: field(z.record(z.string(), field(z.string(), { widget: "secret" })).optional(), {
    label: { en: "Headers with secrets", zh: "含密钥的请求头" },
    help: {
      en: "Like “Bearer {{ secrets.SHOP_KEY }}”. The value is put in when the request is sent and is never recorded.",
      zh: "例如“Bearer {{ secrets.SHOP_KEY }}”。仅在发送时填入，不会被记录。",
    },
    widget: "key-values",
  }),
  body: jsonTemplate({
    label: { en: "Body", zh: "请求体" },
    help: { en: "Text is sent as it is, anything else as JSON.", zh: "文本按原样发送，其余以 JSON 发送。" },
  }).optional(),
  response: field(z.enum(["auto", "json", "text", "file"]).default("auto"), {
    label: { en: "Read the answer as", zh: "按何种格式读取" },
    choices: {
      auto: { en: "As the server says", zh: "按服务器声明" },
      text: { en: "Text", zh: "文本" },
      file: { en: "File", zh: "文件" },
    },
    help: {
      en: "auto: JSON where the server says so. file: kept as a file of the project.",
      zh: "auto：服务器声明为 JSON 时按 JSON 读取。file：保存为项目文件。",
    },
    advanced: true,
  }),
  saveTo: template({
    label: { en: "Keep as file", zh: "保存为文件" },
    placeholder: { en: "output/invoice-{{ order.id }}.pdf", zh: "output/invoice-{{ order.id }}.pdf" },
    advanced: true,
  }).optional(),
  timeout: field(z.number().min(0.1).max(600).default(30), {
    label: { en: "Seconds at most", zh: "最长秒数" },
    advanced: true,
  }),
  maxSize: field(z.number().min(0.001).max(100).default(10), {
    label: { en: "Answer at most (MB)", zh: "响应大小上限（MB）" },
    advanced: true,
  }),
  acceptAnyStatus: field(z.boolean().default(false), {
    label: { en: "Go on after an error status", zh: "返回错误状态时继续" },
    help: { en: "Hand on 4xx and 5xx answers instead of failing.", zh: "遇到 4xx、5xx 时不报错，照常传给后续步骤。" },
    advanced: true,
  }),
});
export type HttpConfig = z.infer<typeof config>;

const DEFAULTS = { response: "auto", timeout: 30, maxSize: 10, acceptAnyStatus: false } as const;

/** Calls an HTTP API. */
export const httpRequest = defineNode({
  role: "step",
  type: "http-request",
  version: 1,
  family: "data",
  icon: "globe",
  title: { en: "HTTP request", zh: "HTTP 请求" },
  description: { en: "Calls a web API and reads its answer.", zh: "调用 Web API 并读取响应。" },
  docs: {
    en: `Calls an address over HTTP. The output is \`{ status, headers, body }\`: \`{{ key.body.total }}\` reads a field of a JSON answer.

- **4xx** means the request is wrong: the step fails at once. **429**, **5xx** and network trouble may pass: they are tried again where
  the step has retries, not before the time that the server asks for (\`Retry-After\`). *Go on after an error status* hands every answer on.
- An \`Idempotency-Key\` header goes along, the same at each try, so that a careful server acts once.
- Pictures, PDFs and the like: read the answer as *file* and say where to keep it; the body is then \`{ path, size, type }\`. Otherwise
  binary answers come as \`{ base64, size, type }\`.
- Keys belong into *Headers with secrets*: \`Bearer {{ secrets.SHOP_KEY }}\`. They appear in no log, record or file.`,
    zh: `通过 HTTP 调用一个地址。输出为 \`{ status, headers, body }\`：\`{{ key.body.total }}\` 读取 JSON 响应的字段。

- **4xx** 表示请求有误，步骤立即失败。**429**、**5xx** 和网络故障可能是暂时的：步骤设置了重试时会再试，且不早于服务器要求的时间（\`Retry-After\`）。开启“返回错误状态时继续”则照常传递所有响应。
- 请求会带上 \`Idempotency-Key\` 请求头，每次重试都相同，便于服务器只执行一次。
- 图片、PDF 等：把响应按 *file* 读取并填写保存位置，此时 body 为 \`{ path, size, type }\`。否则二进制响应以 \`{ base64, size, type }\` 返回。
- 密钥请写在“含密钥的请求头”中：\`Bearer {{ secrets.SHOP_KEY }}\`。它不会出现在日志、记录或文件里。`,
  },
  config,
  initial: { method: "GET", url: "", ...DEFAULTS },
  effects: true,
  output: ({ response }) => ({
    type: "object",
    properties: {
      status: { type: "integer" },
      headers: { type: "object", additionalProperties: { type: "string" } },
      body: bodySchema(response),
    },
    required: ["status", "headers", "body"],
    additionalProperties: false,
  }),
  summary({ method, url }) {
    if (url === "") return { en: "No address yet", zh: "尚未填写地址" };
    return { en: `**${method}** ${excerpt(url, 70)}`, zh: `**${method}** ${excerpt(url, 70)}` };
  },
  run: async ({ config }, ctx) => ({ output: await sendRequest(config, ctx) }),
  samples: [
    {
      name: "reads JSON",
      config: { method: "GET", url: "{{ server.url }}/orders/{{ server.order }}", query: { full: "yes" }, ...DEFAULTS },
      scope: { server: { url: "http://127.0.0.1", order: "A-17" } },
    },
  ],
});

function bodySchema(response: HttpConfig["response"]): JsonSchema {
  if (response === "text") return { type: "string" };
  if (response !== "file") return { description: "What the server answered." };
  const properties: Record<string, JsonSchema> = {
    path: { type: "string" },
    size: { type: "integer", description: "bytes" },
    type: { type: "string" },
  };
  return { type: "object", properties, required: ["path", "size", "type"] };
}
