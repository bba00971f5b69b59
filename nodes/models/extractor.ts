import { z } from "zod";
import { NODE_KEY_PATTERN } from "../../engine/lib/ids.ts";
import type { JsonSchema } from "../../engine/lib/json.ts";
import type { Text } from "../../engine/lib/text.ts";
import { defineNode } from "../../engine/node/define.ts";
import { issue } from "../../engine/node/issue.ts";
import { field, modelRole, template } from "../../engine/node/fields.ts";
import { excerpt, nameList } from "../wording.ts";
import { generate } from "./generate.ts";
import { extractPrompt } from "./prompts.ts";
import { HISTORY_FIELD } from "./history.ts";
import { MODEL_FIELD } from "./sampling.ts";

const FIELD_TYPES = ["string", "number", "boolean", "list"] as const;

const fieldSchema = z.object({
  type: field(z.enum(FIELD_TYPES), {
    label: { en: "Type", zh: "类型" },
    choices: {
      string: { en: "Text", zh: "文本" },
      number: { en: "Number", zh: "数字" },
      boolean: { en: "Yes or no", zh: "是或否" },
      list: { en: "List", zh: "列表" },
    },
  }),
  description: field(z.string().optional(), {
    label: { en: "What it is", zh: "说明" },
    placeholder: { en: "the order number, like ORD-1234", zh: "订单号，例如 ORD-1234" },
  }),
});
type Fields = Readonly<Record<string, z.infer<typeof fieldSchema>>>;

const ONE_FIELD: Text = { en: "Name at least one field to look for.", zh: "请至少指定一个要查找的字段。" };

const config = z.object({
  model: modelRole(MODEL_FIELD),
  text: template({
    label: { en: "Text", zh: "文本" },
    help: { en: "Where the values are looked for.", zh: "从中查找各个值的内容。" },
    long: true,
  }),
  fields: field(
    z
      .record(z.string().regex(NODE_KEY_PATTERN), fieldSchema)
      .refine((fields) => Object.keys(fields).length > 0, issue(ONE_FIELD)),
    {
      label: { en: "Fields", zh: "字段" },
      help: {
        en: "What to find. A field that the text doesn’t mention is empty (null).",
        zh: "要查找的内容。文本未提到的字段为空（null）。",
      },
      widget: "fields",
    },
  ),
  instructions: template({
    label: { en: "More instructions", zh: "补充说明" },
    long: true,
    advanced: true,
  }).optional(),
  ...HISTORY_FIELD,
});

/** Every field present, `null` where the text doesn't say. */
function extractedSchema(fields: Fields): JsonSchema {
  const properties: Record<string, JsonSchema> = {};
  for (const [name, { type, description }] of Object.entries(fields)) {
    properties[name] = { ...valueSchema(type), ...(description && { description }) };
  }
  return { type: "object", properties, required: Object.keys(fields), additionalProperties: false };
}

function valueSchema(type: (typeof FIELD_TYPES)[number]): JsonSchema {
  if (type === "list") return { type: ["array", "null"], items: { type: "string" } };
  return { type: [type, "null"] };
}

/** Finds named values in a text. */
export const extractor = defineNode({
  role: "step",
  type: "extractor",
  version: 1,
  family: "models",
  icon: "scan-text",
  title: { en: "Extract fields", zh: "提取字段" },
  description: { en: "Finds values in a text: names, numbers, dates.", zh: "从文本中找出姓名、号码、日期等值。" },
  docs: {
    en: `Asks a model to find values in a text and to hand them on as fields with types.

Name each field as later steps should read it (\`{{ details.order }}\`) and say in a few words what it is. The model answers in
exactly this form. What the text doesn’t mention is \`null\`: give it a default where you use it,
\`{{ default(details.order, "unknown") }}\`.`,
    zh: `请模型从文本中找出各个值，并作为带类型的字段交给后续步骤。

按后续步骤读取的方式命名字段（\`{{ details.order }}\`），并用几个词说明它是什么。模型只会按此格式回答。文本未提到的值为 \`null\`：使用时请给出默认值，
\`{{ default(details.order, "未知") }}\`。`,
  },
  config,
  initial: {
    model: "default",
    text: "{{ start.message }}",
    fields: {
      name: { type: "string", description: "the customer’s name" },
      order: { type: "string", description: "the order number" },
    },
  },
  effects: true,
  output: ({ fields }) => extractedSchema(fields),
  summary({ text, fields }) {
    const names = nameList(Object.keys(fields), 5);
    return { en: `Extracts ${names.en} from ${excerpt(text, 60)}`, zh: `从 ${excerpt(text, 60)} 提取 ${names.zh}` };
  },
  async run({ config }, ctx) {
    const { model, text, fields, instructions, history } = config;
    const prompt = extractPrompt({ text, fields, instructions });
    const reply = await generate(ctx, {
      model,
      ...prompt,
      ...(history !== undefined && { history }),
      schema: extractedSchema(fields),
      temperature: 0,
      silent: true,
    });
    return { output: reply.value };
  },
  samples: [
    {
      name: "finds what is there and leaves the rest empty",
      config: {
        model: "default",
        text: "{{ start.message }}",
        fields: { order: { type: "string", description: "the order number" }, email: { type: "string" } },
      },
      scope: { start: { message: "My order number is 55482." } },
      output: { order: "55482", email: null },
    },
  ],
});
