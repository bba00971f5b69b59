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
});
