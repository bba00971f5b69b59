import type { Text } from "../../../engine/lib/text.ts";

export const FILE_READ_DOCS: Text = {
  en: `Reads a file that lies in the project’s folder. What it gives depends on the kind:

| kind | read it with |
| --- | --- |
| text, Markdown, HTML, PDF, Word (docx) | \`{{ key.text }}\` |
| CSV, Excel (xlsx) | \`{{ key.rows }}\`: one object a row; \`{{ key.rows[0].price }}\` |
| JSON, YAML | \`{{ key.json }}\` |

The other two are empty. HTML comes without its tags, PDF and Word without their layout.

- **Several files** reads all that match a pattern (\`reports/**/*.pdf\`); the output is then \`{ files, count }\`. An **Each** step can work
  through \`{{ key.files }}\`.
- Numbers in CSV become numbers; what begins with zeros, like a postcode, stays text. Columns without a name are called A, B, C.
- The encoding is found out: UTF-8 first, then what fits best. Choose it yourself where letters look wrong.
- A step can’t leave the project’s folder, and it can’t read Heddle’s own data in \`.heddle\`.`,
  zh: `读取项目文件夹中的文件。输出内容取决于类型：

| 类型 | 读取方式 |
| --- | --- |
| 文本、Markdown、HTML、PDF、Word（docx） | \`{{ key.text }}\` |
| CSV、Excel（xlsx） | \`{{ key.rows }}\`：每行一个对象；\`{{ key.rows[0].price }}\` |
| JSON、YAML | \`{{ key.json }}\` |

其余两项为空。HTML 去掉标签，PDF 和 Word 去掉版式。

- **多个文件**读取与模式匹配的所有文件（\`reports/**/*.pdf\`），输出为 \`{ files, count }\`。可用 **Each** 步骤逐个处理 \`{{ key.files }}\`。
- CSV 中的数字会变为数值；以零开头的内容（如邮编）保持文本。没有名称的列依次叫 A、B、C。
- 编码自动判断：先试 UTF-8，再取最合适的。文字显示不对时可自行选择。
- 步骤不能离开项目文件夹，也不能读取 Heddle 自己在 \`.heddle\` 中的数据。`,
};

export const FILE_WRITE_DOCS: Text = {
  en: `Writes a file into the project’s folder, making folders as needed. Text is written as it is; anything else as JSON, or as CSV where the
name ends in \`.csv\` and the content is a list of objects.

- The file is replaced as a whole: whoever reads it meanwhile sees the old or the new one, never a half.
- Writing again writes the same: a step that is repeated after a crash does no harm. Put an order’s number or a date into the name to keep
  older files.
- The project’s own files (flows, \`mcp.json\`, \`heddle.yaml\`, nodes) and \`.heddle\` can’t be written.`,
  zh: `把内容写入项目文件夹中的文件，需要时自动创建文件夹。文本按原样写入；其他内容写成 JSON，若文件名以 \`.csv\` 结尾且内容是对象列表，则写成 CSV。

- 文件整体替换：同时读取的人看到的要么是旧内容，要么是新内容，不会是一半。
- 重复写入结果相同：崩溃后重新执行的步骤不会造成问题。要保留旧文件，可在文件名中加入订单号或日期。
- 不能写入项目自身的文件（流程、\`mcp.json\`、\`heddle.yaml\`、节点）和 \`.heddle\`。`,
};
