import { entries } from "./entry.ts";

export const MODEL_ERRORS = entries({
  "model.unreachable": {
    status: 503,
    retryable: true,
    en: "The model server at {url} doesn’t answer ({detail}). Check that it runs and that the address is right.",
    zh: "模型服务 {url} 没有响应（{detail}）。请确认服务已启动且地址正确。",
  },
});
