import { entries } from "./entry.ts";

export const TOOL_ERRORS = entries({
  "tool.failed": {
    status: 502,
    retryable: false,
    en: "The tool “{tool}” of “{server}” reported an error: {detail}",
    zh: "“{server}”的工具“{tool}”报告了错误：{detail}",
  },
});
