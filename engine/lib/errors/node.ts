import { entries } from "./entry.ts";

/** What the built-in steps report. Tools, models and runs have their own files. */
export const NODE_ERRORS = entries({
  "input.missing": {
    status: 400,
    retryable: false,
    en: "The input “{field}” is missing. Give it a value.",
    zh: "缺少输入项“{field}”。请填写。",
  },
  "input.wrong-type": {
    status: 400,
    retryable: false,
    en: "The input “{field}” must be {expected}, not {actual}.",
    zh: "输入项“{field}”的类型不对：需要 {expected}，收到 {actual}。",
  },
  "input.not-a-choice": {
    status: 400,
    retryable: false,
    en: "The input “{field}” can’t be “{value}”. Choose one of: {choices}.",
    zh: "输入项“{field}”不能是“{value}”。可选值：{choices}。",
  },
  "input.unknown-field": {
    status: 400,
    retryable: false,
    en: "The flow has no input “{field}”. Its inputs are: {known}.",
    zh: "流程没有名为“{field}”的输入项。现有输入项：{known}。",
  },
  "input.several": {
    status: 400,
    retryable: false,
    en: "{count} inputs need attention. {detail}",
    zh: "有 {count} 个输入项需要修改。{detail}",
  },
  "condition.not-boolean": {
    status: 422,
    retryable: false,
    en: "The case “{case}” is neither true nor false but {value}. Compare it with something, like “… == 3”.",
    zh: "分支“{case}”的结果不是真或假，而是 {value}。请写成比较式，例如“… == 3”。",
  },
  "llm.output-invalid": {
    status: 502,
    retryable: false,
    en: "The model’s answer doesn’t have the promised form: {detail}. Allow it more tokens, describe the fields more plainly, or choose a stronger model.",
    zh: "模型的回答不符合约定的格式：{detail}。请放宽 token 上限、把字段描述得更清楚，或换用更强的模型。",
  },
  "agent.turn-limit": {
    status: 422,
    retryable: false,
    en: "The agent had no answer after {turns} turns, its limit. Raise the limit of turns, make the instructions clearer, or give it fewer tools.",
    zh: "智能体用完了 {turns} 轮上限仍未给出答案。请提高轮数上限、写清指令，或减少工具。",
  },
  "agent.token-limit": {
    status: 422,
    retryable: false,
    en: "The agent used {used} tokens, more than its limit of {tokens}. Raise the limit of tokens or shorten what its tools return.",
    zh: "智能体已使用 {used} 个 token，超过 {tokens} 的上限。请提高 token 上限，或缩短工具返回的内容。",
  },
  "code.syntax": {
    status: 422,
    retryable: false,
    en: "The code can’t be read at line {line}: {detail}",
    zh: "代码第 {line} 行有语法错误：{detail}",
  },
  "code.failed": {
    status: 422,
    retryable: false,
    en: "The code stopped at line {line}: {detail}",
    zh: "代码在第 {line} 行出错：{detail}",
  },
  "code.time-limit": {
    status: 422,
    retryable: false,
    en: "The code ran longer than its limit of {limit} ms. Look for a loop that doesn’t end, or raise the limit.",
    zh: "代码运行超过 {limit} 毫秒的上限。请检查是否有死循环，或提高上限。",
  },
  "code.memory-limit": {
    status: 422,
    retryable: false,
    en: "The code needed more memory than its limit of {limit} MB. Work on less data at once, or raise the limit.",
    zh: "代码使用的内存超过 {limit} MB 的上限。请减少一次处理的数据，或提高上限。",
  },
  "code.stack-limit": {
    status: 422,
    retryable: false,
    en: "The code at line {line} calls itself too deeply. Give the recursion an end, or write it as a loop.",
    zh: "代码第 {line} 行递归过深。请为递归加上终止条件，或改写为循环。",
  },
  "code.output-limit": {
    status: 422,
    retryable: false,
    en: "The code returned more than {limit} MB. Return only what later steps need.",
    zh: "代码返回的数据超过 {limit} MB。请只返回后续步骤需要的内容。",
  },
  "code.not-json": {
    status: 422,
    retryable: false,
    en: "The code returned {detail}, which later steps can’t read. Return text, numbers, lists or plain objects.",
    zh: "代码返回了 {detail}，后续步骤无法读取。请返回文本、数字、列表或普通对象。",
  },
  "code.output-invalid": {
    status: 422,
    retryable: false,
    en: "What the code returned doesn’t have the promised form: {detail}.",
    zh: "代码的返回值不符合约定的格式：{detail}。",
  },
  "http.bad-url": {
    status: 422,
    retryable: false,
    en: "“{url}” is not an address that can be called. It must start with http:// or https://.",
    zh: "“{url}”不是可以访问的地址。地址必须以 http:// 或 https:// 开头。",
  },
  "http.status": {
    status: 502,
    retryable: false,
    en: "{url} answered {status}: {detail}",
    zh: "{url} 返回了 {status}：{detail}",
  },
  "http.network": {
    status: 502,
    retryable: true,
    en: "{url} can’t be reached ({detail}). Check the address and that the service runs.",
    zh: "无法访问 {url}（{detail}）。请检查地址，并确认服务正在运行。",
  },
  "http.timeout": {
    status: 504,
    retryable: true,
    en: "{url} didn’t answer within {limit} s. Raise the time limit of this step, or try later.",
    zh: "{url} 在 {limit} 秒内没有响应。请提高该步骤的时限，或稍后再试。",
  },
  "http.too-large": {
    status: 502,
    retryable: false,
    en: "{url} answered with more than {limit} MB. Ask for less, or raise the size limit of this step.",
    zh: "{url} 返回的内容超过 {limit} MB。请缩小请求范围，或提高该步骤的大小上限。",
  },
  "http.not-json": {
    status: 502,
    retryable: false,
    en: "{url} didn’t answer with readable JSON: {detail}. Set “Read the answer as” to text.",
    zh: "{url} 返回的内容不是有效的 JSON：{detail}。请把“按何种格式读取”改为文本。",
  },
  "http.bad-header": {
    status: 422,
    retryable: false,
    en: "The header “{name}” can’t be sent: {detail}.",
    zh: "请求头“{name}”无法发送：{detail}。",
  },
});
