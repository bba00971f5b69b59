import { entries } from "./entry.ts";

export const TOOL_ERRORS = entries({
  "tool.server-unknown": {
    status: 404,
    retryable: false,
    en: "The project has no MCP server named “{server}”. Add it in the Tools panel, or choose another one.",
    zh: "项目中没有名为“{server}”的 MCP 服务器。请在“工具”面板中添加，或选择其他服务器。",
  },
  "tool.server-unavailable": {
    status: 503,
    retryable: true,
    en: "The MCP server “{server}” isn’t available: {detail}",
    zh: "MCP 服务器“{server}”不可用：{detail}",
  },
  "tool.server-config": {
    status: 422,
    retryable: false,
    en: "The MCP server “{server}” can’t be started as it is set up: {detail}",
    zh: "MCP 服务器“{server}”的设置有误，无法启动：{detail}",
  },
  "tool.unknown": {
    status: 404,
    retryable: false,
    en: "The MCP server “{server}” has no tool named “{tool}”. It offers: {known}.",
    zh: "MCP 服务器“{server}”没有名为“{tool}”的工具。现有工具：{known}。",
  },
  "tool.timeout": {
    status: 504,
    retryable: true,
    en: "The tool “{tool}” of “{server}” didn’t answer within {limit} s. Try again, or see whether the server is stuck.",
    zh: "“{server}”的工具“{tool}”在 {limit} 秒内没有响应。请重试，或检查服务器是否卡住。",
  },
  "tool.bad-arguments": {
    status: 422,
    retryable: false,
    en: "The arguments of a tool must be an object with names and values, not {detail}.",
    zh: "工具的参数必须是由名称和值组成的对象，而不是 {detail}。",
  },
  "tool.bad-result": {
    status: 502,
    retryable: false,
    en: "The tool “{tool}” of “{server}” answered in another form than it promises: {detail}. Tell the author of the server.",
    zh: "“{server}”的工具“{tool}”返回的格式与其承诺不符：{detail}。请告知该服务器的作者。",
  },
  "tool.failed": {
    status: 502,
    retryable: false,
    en: "The tool “{tool}” of “{server}” reported an error: {detail}",
    zh: "“{server}”的工具“{tool}”报告了错误：{detail}",
  },
});
