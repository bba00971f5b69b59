import { entries } from "./entry.ts";

/** What steps report that read and write files and databases. */
export const DATA_ERRORS = entries({
  "file.outside": {
    status: 403,
    retryable: false,
    en: "“{path}” leads out of the project’s folder. Steps may only use files inside it: copy the file there, and write its path from there, like “data/orders.csv”.",
    zh: "“{path}”指向项目文件夹之外。步骤只能使用项目内的文件：请把文件复制进项目，并填写相对路径，例如“data/orders.csv”。",
  },
  "file.private": {
    status: 403,
    retryable: false,
    en: "“{path}” belongs to Heddle itself: steps may not read or write it. Choose another file.",
    zh: "“{path}”是 Heddle 自己的文件，步骤不能读写。请选择其他文件。",
  },
  "file.protected": {
    status: 403,
    retryable: false,
    en: "“{path}” is part of how the project is set up, so a flow may read it but not change it. Write to another folder, like “output/”.",
    zh: "“{path}”属于项目的配置，流程可以读取但不能修改。请写入其他文件夹，例如“output/”。",
  },
  "file.missing": {
    status: 404,
    retryable: false,
    en: "The project has no file “{path}”. Check the path; it starts in the project’s folder.",
    zh: "项目中没有文件“{path}”。请检查路径；路径从项目文件夹开始。",
  },
  "file.is-folder": {
    status: 422,
    retryable: false,
    en: "“{path}” is a folder, not a file. Name a file in it, or several with a pattern like “{path}/*.csv”.",
    zh: "“{path}”是文件夹而不是文件。请指定其中的文件，或用“{path}/*.csv”这样的模式指定多个文件。",
  },
  "file.no-match": {
    status: 404,
    retryable: false,
    en: "No file of the project matches “{pattern}”. “*” stands for any name, “**” for any folders.",
    zh: "项目中没有文件与“{pattern}”匹配。“*”代表任意名称，“**”代表任意层文件夹。",
  },
  "file.too-many": {
    status: 422,
    retryable: false,
    en: "{count} files match “{pattern}”, more than the limit of {limit}. Narrow the pattern, or raise the limit of this step.",
    zh: "有 {count} 个文件与“{pattern}”匹配，超过上限 {limit}。请缩小范围，或提高该步骤的上限。",
  },
  "file.too-large": {
    status: 413,
    retryable: false,
    en: "“{path}” has {size} MB, more than the limit of {limit} MB. Split the file, or raise the limit of this step.",
    zh: "“{path}”大小为 {size} MB，超过上限 {limit} MB。请拆分文件，或提高该步骤的上限。",
  },
  "file.unreadable": {
    status: 500,
    retryable: true,
    en: "“{path}” can’t be read: {detail}. Check its permissions and that no other program holds it.",
    zh: "无法读取“{path}”：{detail}。请检查权限，并确认没有被其他程序占用。",
  },
  "file.unwritable": {
    status: 500,
    retryable: true,
    en: "“{path}” can’t be written: {detail}. Check the permissions of its folder and the space on the disk.",
    zh: "无法写入“{path}”：{detail}。请检查文件夹权限和磁盘空间。",
  },
  "file.kind-unknown": {
    status: 422,
    retryable: false,
    en: "What kind of file “{path}” is can’t be told from its name. Choose it under “Kind”.",
    zh: "无法根据名称判断“{path}”的类型。请在“类型”中选择。",
  },
  "file.encoding": {
    status: 422,
    retryable: false,
    en: "“{path}” isn’t text in the encoding {encoding}. Choose the right one under “Encoding”, or save the file as UTF-8.",
    zh: "“{path}”不是 {encoding} 编码的文本。请在“编码”中选择正确的编码，或将文件另存为 UTF-8。",
  },
  "file.unparseable": {
    status: 422,
    retryable: false,
    en: "“{path}” can’t be read as {kind}: {detail}. Check that the file is whole, or choose another kind.",
    zh: "“{path}”无法按 {kind} 读取：{detail}。请确认文件完整，或选择其他类型。",
  },
  "sql.failed": {
    status: 422,
    retryable: false,
    en: "The database refused the query: {detail}. Correct the query; names and quotes are the usual reasons.",
    zh: "数据库拒绝了该查询：{detail}。请修正查询语句，常见原因是名称或引号有误。",
  },
  "sql.unreachable": {
    status: 503,
    retryable: true,
    en: "The database can’t be reached: {detail}. Check the address in the connection secret and that the database runs.",
    zh: "无法连接数据库：{detail}。请检查连接密钥中的地址，并确认数据库正在运行。",
  },
  "sql.refused": {
    status: 401,
    retryable: false,
    en: "The database doesn’t let this user in: {detail}. Check user, password and database name in the connection secret.",
    zh: "数据库拒绝该用户登录：{detail}。请检查连接密钥中的用户名、密码和数据库名。",
  },
  "sql.busy": {
    status: 503,
    retryable: true,
    en: "The database is held by another writer just now ({detail}). Try again; several retries on this step do that by themselves.",
    zh: "数据库正被其他写入操作占用（{detail}）。请重试；为该步骤设置重试次数即可自动重试。",
  },
  "sql.read-only": {
    status: 403,
    retryable: false,
    en: "This query would change the database, but the step only reads. Switch on “May change data” if that is what you want.",
    zh: "该查询会修改数据库，但此步骤只允许读取。如确实需要，请开启“允许修改数据”。",
  },
  "sql.timeout": {
    status: 504,
    retryable: false,
    en: "The query took longer than {limit} s and was stopped; nothing of it was kept. Make it smaller, add an index, or raise the limit.",
    zh: "查询超过 {limit} 秒，已停止，未保留任何更改。请缩小查询、增加索引，或提高上限。",
  },
  "sql.crashed": {
    status: 500,
    retryable: true,
    en: "The process that ran the query ended ({detail}). Nothing of an unfinished change was kept; run the step again.",
    zh: "执行查询的进程意外结束（{detail}）。未完成的更改没有保留；请重新运行该步骤。",
  },
  "sql.missing-parameter": {
    status: 422,
    retryable: false,
    en: "The query asks for :{name}, but there is no parameter of that name. Add it under “Parameters”.",
    zh: "查询用到了 :{name}，但没有同名的参数。请在“参数”中添加。",
  },
  "sql.bad-parameters": {
    status: 422,
    retryable: false,
    en: "The parameters must be names with values, like “order: 7”, not {detail}.",
    zh: "参数必须由名称和值组成，例如“order: 7”，而不是 {detail}。",
  },
  "sql.not-allowed": {
    status: 422,
    retryable: false,
    en: "“{statement}” can’t be used in a step: it reaches beyond the database file of this step. Use queries and changes of data.",
    zh: "步骤中不能使用“{statement}”：它会超出该步骤的数据库文件。请使用查询或数据修改语句。",
  },
  "sql.bad-connection": {
    status: 422,
    retryable: false,
    en: "The connection must look like postgres://user:password@host:5432/database. Correct the secret that “Connection” names.",
    zh: "连接应形如 postgres://user:password@host:5432/database。请修正“连接”所用的密钥。",
  },
});
