import { entries } from "./entry.ts";

export const HOST_ERRORS = entries({
  internal: {
    status: 500,
    retryable: false,
    en: "Something went wrong inside Heddle: {detail}",
    zh: "Heddle 内部出错：{detail}",
  },
  "input.invalid": {
    status: 400,
    retryable: false,
    en: "{where} is not valid: {detail}",
    zh: "{where} 无效：{detail}",
  },
  "not-found": {
    status: 404,
    retryable: false,
    en: "There is no {kind} named “{name}”.",
    zh: "没有名为“{name}”的{kind}。",
  },
  "host.disconnected": {
    status: 503,
    retryable: true,
    en: "The connection to Heddle’s host was lost. It reconnects by itself; if it doesn’t, start Heddle again with “npm start”.",
    zh: "与 Heddle 主机的连接已断开。会自动重连；若未恢复，请用“npm start”重新启动 Heddle。",
  },
  "file.invalid": {
    status: 422,
    retryable: false,
    en: "The file {path} can’t be read: {detail}. Fix or move it; nothing was overwritten.",
    zh: "无法读取文件 {path}：{detail}。请修正或移走该文件；文件未被改动。",
  },
  "project.none": {
    status: 409,
    retryable: false,
    en: "No project is open. Open a folder or make a new project first.",
    zh: "尚未打开项目。请先打开一个文件夹或新建项目。",
  },
  "project.missing": {
    status: 404,
    retryable: false,
    en: "The folder {path} doesn’t exist. Check the path, or make a new project there.",
    zh: "文件夹 {path} 不存在。请检查路径，或在该处新建项目。",
  },
  "project.not-empty": {
    status: 409,
    retryable: false,
    en: "The folder {path} already holds a project. Open it instead, or choose another folder.",
    zh: "文件夹 {path} 中已有项目。请直接打开它，或选择其他文件夹。",
  },
  "project.locked": {
    status: 409,
    retryable: false,
    en: "The project {path} is open in another Heddle (process {pid}). Close that one first; two at once would mix up its runs.",
    zh: "项目 {path} 已在另一个 Heddle（进程 {pid}）中打开。请先关闭它；同时打开会弄乱运行记录。",
  },
  "project.no-manifest": {
    status: 422,
    retryable: false,
    en: "The folder {path} has no heddle.yaml, so it isn’t a Heddle project yet. Its flows open with the default settings; choosing a model or making a project there writes the file.",
    zh: "文件夹 {path} 中没有 heddle.yaml，还不是 Heddle 项目。其中的流程按默认设置打开；选择模型或在此新建项目会写入该文件。",
  },
  "project.manifest-invalid": {
    status: 422,
    retryable: false,
    en: "{path} can’t be used: {detail}. Flows open with the default settings until you fix it; nothing was overwritten.",
    zh: "{path} 无法使用：{detail}。修正之前流程按默认设置打开；文件未被改动。",
  },
  "flow.conflict": {
    status: 409,
    retryable: false,
    en: "The flow “{name}” was changed on disk by another program since you opened it. Reload it, or save again to keep yours.",
    zh: "流程“{name}”打开后已被其他程序在磁盘上修改。请重新加载，或再次保存以保留您的版本。",
  },
  "flow.newer-on-disk": {
    status: 409,
    retryable: false,
    en: "The flow “{name}” was written by a newer Heddle. This version shows it but never overwrites it. Update Heddle to edit it.",
    zh: "流程“{name}”由更新版本的 Heddle 写入。当前版本可以查看，但不会覆盖它。请更新 Heddle 后再编辑。",
  },
  "flow.name": {
    status: 400,
    retryable: false,
    en: "“{name}” can’t be a flow’s name. Use letters, digits, “-” and “_”, without slashes.",
    zh: "“{name}”不能用作流程名称。请使用字母、数字、“-”和“_”，不能包含斜杠。",
  },
  "secret.missing": {
    status: 404,
    retryable: false,
    en: "The secret “{name}” has no value on this computer. Add it under Settings › Secrets.",
    zh: "此电脑上没有密钥“{name}”的值。请在“设置 › 密钥”中添加。",
  },
  "secret.name": {
    status: 400,
    retryable: false,
    en: "“{name}” can’t be a secret’s name. Use letters, digits and “_”, not starting with a digit.",
    zh: "“{name}”不能用作密钥名称。请使用字母、数字和“_”，且不能以数字开头。",
  },
  "secret.unreadable": {
    status: 500,
    retryable: false,
    en: "The secret “{name}” can’t be decrypted with this computer’s key. Enter its value again.",
    zh: "无法用此电脑的密钥文件解密“{name}”。请重新输入其值。",
  },
  "model.exists": {
    status: 409,
    retryable: false,
    en: "There is already a model named “{id}”. Choose another name, or remove that one first.",
    zh: "已存在名为“{id}”的模型。请换个名称，或先移除原有模型。",
  },
});
