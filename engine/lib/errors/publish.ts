import { entries } from "./entry.ts";

export const PUBLISH_ERRORS = entries({
  "publish.unauthorized": {
    status: 401,
    retryable: false,
    en: "The API key is missing or not valid. Send it as “Authorization: Bearer <key>”.",
    zh: "缺少 API 密钥或密钥无效。请以“Authorization: Bearer <密钥>”发送。",
  },
});
