import type { Text } from "../../../engine/lib/text.ts";

export const SQL_DOCS: Text = {
  en: `Asks a database with SQL. The output is \`{ rows, count, columns, truncated }\`: \`{{ key.rows[0].price }}\` reads a column of the first row.

**Values go beside the query, not into it.** Write \`:name\` where a value belongs and give it under *Parameters*:

\`\`\`sql
select id, price from orders where customer = :customer and price > :least
\`\`\`
\`\`\`json
{ "customer": "{{ start.customer }}", "least": 10 }
\`\`\`

Whatever a customer types, it stays a value: it can’t become part of the query.

- **SQLite**: a file of the project, like \`data/shop.sqlite\`. A list becomes JSON: \`where id in (select value from json_each(:ids))\`.
- **PostgreSQL**: the connection is a secret. A list stays a list: \`where id = any(:ids)\`.
- The step only reads until you switch on *May change data*. A change is kept as a whole or not at all.
- A step that is tried again, or that goes on after a crash, has the same \`:idempotency_key\`. Store it with a unique index and write
  \`on conflict do nothing\`: then a change happens once.
- Whole numbers too large for exact arithmetic and decimals with many digits come as text; binary data as base64.`,
  zh: `用 SQL 查询数据库。输出为 \`{ rows, count, columns, truncated }\`：\`{{ key.rows[0].price }}\` 读取第一行的一列。

**值与查询分开，不写进查询文本。** 在需要值的地方写 \`:name\`，并在“参数”中给出：

\`\`\`sql
select id, price from orders where customer = :customer and price > :least
\`\`\`
\`\`\`json
{ "customer": "{{ start.customer }}", "least": 10 }
\`\`\`

无论客户输入什么，它始终只是一个值，不会成为查询的一部分。

- **SQLite**：项目中的文件，例如 \`data/shop.sqlite\`。列表会变成 JSON：\`where id in (select value from json_each(:ids))\`。
- **PostgreSQL**：连接写成密钥。列表仍是列表：\`where id = any(:ids)\`。
- 在开启“允许修改数据”之前，该步骤只能读取。修改要么全部保留，要么全部不保留。
- 步骤重试或崩溃后继续时，\`:idempotency_key\` 不变。把它存入带唯一索引的列，并写上 \`on conflict do nothing\`，修改就只会发生一次。
- 过大的整数和位数很多的小数以文本返回；二进制数据以 base64 返回。`,
};
