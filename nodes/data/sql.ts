import { z } from "zod";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { JsonSchema } from "../../engine/lib/json.ts";
import { defineNode } from "../../engine/node/define.ts";
import { field, jsonTemplate, template } from "../../engine/node/fields.ts";
import type { StepContext } from "../../engine/node/operation.ts";
import { fillSecrets } from "../secret-text.ts";
import { excerpt } from "../wording.ts";
import { hasTemplate, parameterValues } from "./sql/parameters.ts";
import { queryPostgres } from "./sql/postgres.ts";
import type { SqlQuery, SqlResult } from "./sql/query.ts";
import { SQL_DOCS } from "./sql/sql-docs.ts";
import { querySqlite } from "./sql/sqlite.ts";

const NO_TEMPLATES = {
  en: "Values don’t belong into the text of a query: write :name where the value goes, and give it under “Parameters”.",
  zh: "值不要写进查询文本：在需要值的地方写 :name，并在“参数”中给出它的值。",
};

const config = z.object({
  database: field(z.enum(["sqlite", "postgres"]).default("sqlite"), {
    label: { en: "Database", zh: "数据库" },
    choices: { sqlite: { en: "SQLite", zh: "SQLite" }, postgres: { en: "PostgreSQL", zh: "PostgreSQL" } },
    help: {
      en: "A SQLite file of the project, or a PostgreSQL server.",
      zh: "项目中的 SQLite 文件，或 PostgreSQL 服务器。",
    },
  }),
  file: template({
    label: { en: "SQLite file", zh: "SQLite 文件" },
    placeholder: { en: "data/shop.sqlite", zh: "data/shop.sqlite" },
  }).optional(),
  connection: field(z.string().optional(), {
    label: { en: "PostgreSQL connection", zh: "PostgreSQL 连接" },
    help: {
      en: "A secret with postgres://user:password@host/database, like {{ secrets.SHOP_DATABASE }}.",
      zh: "内容为 postgres://用户:密码@主机/数据库 的密钥，例如 {{ secrets.SHOP_DATABASE }}。",
    },
    widget: "secret",
  }),
  query: field(
    z.string().superRefine((query, context) => {
      if (hasTemplate(query)) context.addIssue({ code: "custom", params: { text: NO_TEMPLATES } });
    }),
    {
      label: { en: "Query", zh: "查询" },
      help: { en: "SQL. Write :name where a value goes.", zh: "SQL 语句。在需要值的地方写 :name。" },
      placeholder: {
        en: "select * from orders where customer = :customer",
        zh: "select * from orders where customer = :customer",
      },
      widget: "text-long",
    },
  ),
  parameters: jsonTemplate({
    label: { en: "Parameters", zh: "参数" },
    help: {
      en: 'Name and value: {"customer": "{{ start.customer }}"}. They travel beside the query, never inside it.',
      zh: '名称和值：{"customer": "{{ start.customer }}"}。它们与查询分开传送，不会拼进查询文本。',
    },
  }).default({}),
  write: field(z.boolean().default(false), {
    label: { en: "May change data", zh: "允许修改数据" },
    help: { en: "Without it the database is opened for reading only.", zh: "不开启时，数据库以只读方式打开。" },
  }),
  limit: field(z.int().min(1).max(100_000).default(1000), {
    label: { en: "Rows at most", zh: "行数上限" },
    help: {
      en: "More rows are left out; {{ key.truncated }} tells.",
      zh: "多出的行会被省略；{{ key.truncated }} 会说明。",
    },
    advanced: true,
  }),
  timeout: field(z.number().min(0.1).max(3600).default(30), {
    label: { en: "Seconds at most", zh: "最长秒数" },
    advanced: true,
  }),
});
type SqlConfig = z.infer<typeof config>;

const DEFAULTS = { parameters: {}, write: false, limit: 1000, timeout: 30 };

const OUTPUT: JsonSchema = {
  type: "object",
  properties: {
    rows: { type: "array", items: { type: "object" }, description: "The rows, each with its columns by name." },
    count: { type: "integer", description: "How many rows these are; for a change: how many were changed." },
    columns: { type: "array", items: { type: "string" }, description: "The columns’ names, in order." },
    truncated: { type: "boolean", description: "Whether there were more rows than the limit." },
  },
  required: ["rows", "count", "columns", "truncated"],
  additionalProperties: false,
};

/** Asks a database, or changes what is in it. */
export const sql = defineNode({
  role: "step",
  type: "sql",
  version: 1,
  family: "data",
  icon: "database",
  title: { en: "Database (SQL)", zh: "数据库（SQL）" },
  description: { en: "Queries a SQLite file or PostgreSQL.", zh: "查询 SQLite 文件或 PostgreSQL。" },
  docs: SQL_DOCS,
  config,
  initial: { database: "sqlite", file: "", query: "", ...DEFAULTS },
  effects: true,
  output: () => OUTPUT,
  summary({ query, write }) {
    if (query.trim() === "") return { en: "No query yet", zh: "尚未填写查询" };
    const words = excerpt(query.replaceAll("**", "*"), 70);
    return write ? { en: `Changes data: ${words}`, zh: `修改数据：${words}` } : { en: words, zh: words };
  },
  run: async ({ config }, ctx) => ({ output: await ask(config, ctx) }),
  samples: [
    {
      name: "looks an order up in a SQLite file, its number as a parameter",
      config: {
        database: "sqlite",
        file: "data/shop.sqlite",
        query: "select id, item, price from orders where id = :order",
        ...DEFAULTS,
        parameters: { order: "{{ start.order }}" },
      },
      scope: { start: { order: 1042 } },
      output: {
        rows: [{ id: 1042, item: "Oak shelf", price: 89.5 }],
        count: 1,
        columns: ["id", "item", "price"],
        truncated: false,
      },
    },
  ],
});

async function ask(config: SqlConfig, ctx: StepContext): Promise<SqlResult> {
  const query: SqlQuery = {
    text: config.query,
    values: parameterValues(config.query, config.parameters, ctx.idempotencyKey),
    limit: config.limit,
    timeout: config.timeout,
    write: config.write,
  };
  if (config.database === "sqlite") return querySqlite(config.file ?? "", query, ctx);
  const url = await fillSecrets(config.connection ?? "", ctx.secrets);
  if (url === undefined) throw new HeddleError("sql.bad-connection");
  return queryPostgres(url, query, ctx.signal);
}
