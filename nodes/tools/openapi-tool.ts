import { z } from "zod";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { isJsonObject } from "../../engine/lib/json.ts";
import { defineNode } from "../../engine/node/define.ts";
import { field, jsonTemplate } from "../../engine/node/fields.ts";
import { openApiServerName } from "../../engine/node/openapi-source.ts";
import { OPENAPI_FIELDS } from "./openapi-config.ts";

const config = z.object({
  ...OPENAPI_FIELDS,
  operation: field(z.string(), {
    label: { en: "Operation", zh: "操作" },
    help: { en: "Its operationId in the document.", zh: "文档中的 operationId。" },
    placeholder: { en: "getOrder", zh: "getOrder" },
  }),
  arguments: jsonTemplate({
    label: { en: "Arguments", zh: "参数" },
    help: {
      en: "Parameters by name, the request’s body as “body”. A value that is only {{ a reference }} keeps its type.",
      zh: "按名称填写参数，请求体写在“body”下。整个值就是一个 {{ 引用 }} 时保留其类型。",
    },
  }).default({}),
});

/** Calls one operation of an API that an OpenAPI document describes. */
export const openapiTool = defineNode({
  role: "step",
  type: "openapi-tool",
  version: 1,
  family: "tools",
  icon: "braces",
  title: { en: "Call an API", zh: "调用 API" },
  description: { en: "Calls one operation of an OpenAPI document.", zh: "调用 OpenAPI 文档中的一个操作。" },
  docs: {
    en: `Calls an API by its OpenAPI document (3.0 or 3.1): the document says how the request looks, you give the values.

- **Operation**: its \`operationId\`; where the document has none, method and path, like \`get_orders_id\`.
- **Arguments** are checked against the document before anything is sent: \`{ "id": "{{ start.order }}", "body": { "note": "…" } }\`.
- Keys belong into *Headers with secrets*. Mention \`{{ secrets.NAME }}\` there and nowhere else.
- An \`Idempotency-Key\` header goes along, the same at each try.

The output is \`{ content, value }\`: \`{{ key.value.total }}\` reads a field of a JSON answer. An error status fails the step with what the API
said; 429 and 5xx are worth another try.`,
    zh: `按 OpenAPI 文档（3.0 或 3.1）调用 API：请求的形式由文档规定，你只需填写值。

- **操作**：即 \`operationId\`；文档中没有时为方法加路径，例如 \`get_orders_id\`。
- 发送前会按文档检查**参数**：\`{ "id": "{{ start.order }}", "body": { "note": "…" } }\`。
- 密钥请写在“含密钥的请求头”中，并且只在那里使用 \`{{ secrets.NAME }}\`。
- 请求会带上 \`Idempotency-Key\`，每次重试都相同。

输出为 \`{ content, value }\`：\`{{ key.value.total }}\` 读取 JSON 响应的字段。返回错误状态时步骤失败并显示 API 的说明；429 和 5xx 值得重试。`,
  },
  config,
  initial: { document: "", operation: "", arguments: {} },
  effects: true,
  output: () => ({
    type: "object",
    properties: {
      content: { type: "string", description: "What the API answered, as text." },
      value: { description: "The same as a value, where it is JSON." },
    },
    required: ["content", "value"],
    additionalProperties: false,
  }),
  summary({ document, operation }) {
    if (document === "" || operation === "")
      return { en: "Choose a document and an operation", zh: "请选择文档和操作" };
    return { en: `Calls **${operation}** of ${document}`, zh: `调用 ${document} 的 **${operation}**` };
  },
  async run({ config: { operation, arguments: args, ...source } }, ctx) {
    if (!isJsonObject(args)) throw new HeddleError("tool.bad-arguments", { detail: JSON.stringify(args) });
    const { signal, idempotencyKey } = ctx;
    const server = openApiServerName(source);
    const { content, value } = await ctx.tools.call({
      server,
      tool: operation,
      arguments: args,
      signal,
      idempotencyKey,
    });
    return { output: { content, value } };
  },
  samples: [
    {
      name: "reads an order",
      config: {
        document: "apis/shop.yaml",
        baseUrl: "{{ shop.url }}",
        operation: "getOrder",
        arguments: { id: "{{ start.order }}" },
      },
      scope: { shop: { url: "http://127.0.0.1" }, start: { order: 1042 } },
    },
  ],
});
