import { entries } from "./entry.ts";

export const FLOW_ERRORS = entries({
  "flow.syntax": {
    status: 422,
    retryable: false,
    en: "The file is not readable YAML at line {line}, column {column}: {detail}. Fix that line; nothing was overwritten.",
    zh: "文件在第 {line} 行第 {column} 列不是有效的 YAML：{detail}。请修正该行；文件未被改动。",
  },
});
