import { entries } from "./entry.ts";

export const TRIGGER_ERRORS = entries({
  "trigger.inactive": {
    status: 404,
    retryable: false,
    en: "Nothing listens at {path}. Switch the flow’s triggers on in the studio, and check the address.",
    zh: "没有触发器在监听 {path}。请在工作室中启用该流程的触发器，并检查地址。",
  },
  "trigger.method": {
    status: 405,
    retryable: false,
    en: "The webhook at {path} doesn’t take {method}. Call it with {allowed}.",
    zh: "{path} 的 Webhook 不接受 {method}。请改用 {allowed}。",
  },
  "trigger.none": {
    status: 422,
    retryable: false,
    en: "The flow “{flow}” begins by hand only, so there is nothing to switch on. Add a trigger to it first: a webhook, a schedule, a file watch or an MCP call.",
    zh: "流程“{flow}”只能手动启动，没有可启用的触发器。请先为其添加触发器：Webhook、定时、文件监视或 MCP 调用。",
  },
  "trigger.unauthorized": {
    status: 401,
    retryable: false,
    en: "The webhook “{node}” of the flow “{flow}” doesn’t accept this call: {detail}.",
    zh: "流程“{flow}”的 Webhook“{node}”拒绝了此调用：{detail}。",
  },
  "trigger.from-page": {
    status: 403,
    retryable: false,
    en: "Webhooks of this computer don’t answer web pages, since any page could call them. Call them from a program.",
    zh: "本机的 Webhook 不响应网页请求，否则任何网页都能调用它们。请从程序中调用。",
  },
  "trigger.too-large": {
    status: 413,
    retryable: false,
    en: "The call is larger than the {limit} bytes that the webhook takes.",
    zh: "请求超过了此 Webhook 允许的 {limit} 字节。",
  },
  "trigger.body": {
    status: 400,
    retryable: false,
    en: "The body says it is {type} but can’t be read as that: {detail}.",
    zh: "请求正文声明为 {type}，但无法按此解析：{detail}。",
  },
  "trigger.config": {
    status: 500,
    retryable: false,
    en: "The trigger “{node}” can’t listen: {detail}",
    zh: "触发器“{node}”无法开始监听：{detail}",
  },
  "trigger.tool-taken": {
    status: 409,
    retryable: false,
    en: "The trigger “{node}” is no tool now: the flow “{flow}” offers one named “{tool}” already. Give this one another name.",
    zh: "触发器“{node}”目前不是工具：流程“{flow}”已提供名为“{tool}”的工具。请换一个名称。",
  },
  "trigger.flow-gone": {
    status: 404,
    retryable: false,
    en: "The file of the flow “{flow}” is gone, so its triggers rest. They go on when it is back; switch them off to forget them.",
    zh: "流程“{flow}”的文件已不存在，其触发器已暂停。文件恢复后会继续；也可将其关闭。",
  },
  "trigger.flow-broken": {
    status: 422,
    retryable: false,
    en: "The flow “{flow}” has problems now, so its triggers still run the version from before. First problem: {problem}",
    zh: "流程“{flow}”目前有问题，触发器仍在运行之前的版本。第一个问题：{problem}",
  },
});
