import { z } from "zod";
import { field, template } from "../../engine/node/fields.ts";

const secretText = field(z.string(), { widget: "secret" });

/** How an API is reached: the same for a step that calls it and for one that lends it to agents. */
export const OPENAPI_FIELDS = {
  document: template({
    label: { en: "OpenAPI document", zh: "OpenAPI 文档" },
    help: { en: "A file of the project (JSON or YAML), or an address.", zh: "项目文件（JSON 或 YAML），或一个地址。" },
    placeholder: { en: "apis/shop.yaml", zh: "apis/shop.yaml" },
  }),
  baseUrl: template({
    label: { en: "Server", zh: "服务器" },
    help: { en: "Left empty: as the document says.", zh: "留空则以文档为准。" },
    placeholder: { en: "https://api.example.com/v1", zh: "https://api.example.com/v1" },
    advanced: true,
  }).optional(),
  secretHeaders: field(z.record(z.string(), secretText).optional(), {
    label: { en: "Headers with secrets", zh: "含密钥的请求头" },
    help: {
      en: "Like Authorization: Bearer {{ secrets.SHOP_KEY }}.",
      zh: "例如 Authorization: Bearer {{ secrets.SHOP_KEY }}。",
    },
    widget: "key-values",
  }),
  secretQuery: field(z.record(z.string(), secretText).optional(), {
    label: { en: "Query with secrets", zh: "含密钥的查询参数" },
    help: { en: "For APIs that want their key in the address.", zh: "用于需要把密钥写在地址中的 API。" },
    widget: "key-values",
    advanced: true,
  }),
};
