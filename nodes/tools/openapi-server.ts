import { z } from "zod";
import { defineNode } from "../../engine/node/define.ts";
import { field } from "../../engine/node/fields.ts";
import { nameList } from "../wording.ts";
import { OPENAPI_FIELDS } from "./openapi-config.ts";

export const openapiServerConfig = z.object({
  ...OPENAPI_FIELDS,
  tools: field(z.array(z.string().min(1)).optional(), {
    label: { en: "Operations", zh: "操作" },
    help: { en: "Which of them may be used. All where none is named.", zh: "允许使用哪些操作；不填写时为全部。" },
  }),
});

/** The operations of an API, to be bound to agents. */
export const openapiServer = defineNode({
  role: "resource",
  type: "openapi-server",
  version: 1,
  family: "tools",
  icon: "braces",
  title: { en: "Tools from an API", zh: "API 的工具" },
  description: {
    en: "Lends the operations of an OpenAPI document to agents.",
    zh: "把 OpenAPI 文档中的操作交给智能体使用。",
  },
  docs: {
    en: `Stands for an API that an OpenAPI document (3.0 or 3.1) describes. Drag it onto an agent: the agent may then call its operations.

Name only the operations that the agent needs: an API has many, and each of them is read by the model. What changes something (POST, DELETE)
deserves a second thought.

Keys belong into *Headers with secrets*; the model never sees them.`,
    zh: `代表 OpenAPI 文档（3.0 或 3.1）描述的一个 API。把它拖到智能体上，智能体就能调用其中的操作。

只列出智能体需要的操作：API 往往有很多操作，模型要读每一个。会产生改动的操作（POST、DELETE）请慎重选择。

密钥请写在“含密钥的请求头”中，模型不会看到。`,
  },
  config: openapiServerConfig,
  initial: { document: "" },
  provides: "tools",
  output: () => ({}),
  summary({ document, tools }) {
    if (document === "") return { en: "Choose a document", zh: "请选择文档" };
    if (!tools || tools.length === 0)
      return { en: `All operations of **${document}**`, zh: `**${document}** 的全部操作` };
    const names = nameList(tools);
    return { en: `${names.en} of **${document}**`, zh: `**${document}** 的 ${names.zh}` };
  },
});
