import { entries } from "./entry.ts";

/** What goes wrong with node types that a project or a package brings. */
export const THIRD_PARTY_ERRORS = entries({
  "third-party.broken": {
    status: 422,
    retryable: false,
    en: "The nodes of {origin} can’t be used: {detail} Correct the file, or remove it.",
    zh: "无法使用 {origin} 中的节点：{detail} 请修正该文件，或将其移除。",
  },
  "third-party.failed": {
    status: 422,
    retryable: false,
    en: "The step “{type}” of {origin} stopped: {detail}",
    zh: "{origin} 的步骤“{type}”出错：{detail}",
  },
  "third-party.crashed": {
    status: 500,
    retryable: false,
    en: "The step “{type}” of {origin} ended its process ({detail}). Only this step failed; tell the author of the node.",
    zh: "{origin} 的步骤“{type}”使其进程意外结束（{detail}）。仅此步骤失败；请告知该节点的作者。",
  },
  "third-party.timeout": {
    status: 504,
    retryable: true,
    en: "The step “{type}” of {origin} didn’t finish within {limit} s and was stopped. Try again, or tell the author of the node.",
    zh: "{origin} 的步骤“{type}”在 {limit} 秒内没有完成，已被停止。请重试，或告知该节点的作者。",
  },
  "third-party.bad-result": {
    status: 422,
    retryable: false,
    en: "The step “{type}” of {origin} returned something else than it declares: {detail}. Tell the author of the node.",
    zh: "{origin} 的步骤“{type}”的返回值与声明不符：{detail}。请告知该节点的作者。",
  },
  "third-party.denied": {
    status: 403,
    retryable: false,
    en: "{origin} isn’t allowed to {what}: it doesn’t declare the permission. The author of the node has to add it.",
    zh: "{origin} 无权执行此操作（{what}）：它没有声明该权限。需要由节点作者补充声明。",
  },
});
