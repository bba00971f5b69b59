import { entries } from "./entry.ts";

export const EXPR_ERRORS = entries({
  "expr.syntax": {
    status: 422,
    retryable: false,
    en: "“{source}” can’t be read as an expression: {detail}.",
    zh: "表达式“{source}”无法解析：{detail}。",
  },
});
