import { entries } from "./entry.ts";

export const RUN_ERRORS = entries({
  "run.cancelled": {
    status: 499,
    retryable: false,
    en: "The run was cancelled.",
    zh: "运行已取消。",
  },
  "run.timeout": {
    status: 504,
    retryable: true,
    en: "The step “{node}” took longer than {timeout}. Raise its time limit or make its work smaller.",
    zh: "步骤“{node}”超过了 {timeout} 的时限。请放宽时限或减少其工作量。",
  },
});
