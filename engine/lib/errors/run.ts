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
  "run.step-crashed": {
    status: 500,
    retryable: true,
    en: "The step “{node}” stopped with an unexpected error: {detail}. Check its settings and input; an edge from its error port or a fallback value lets the flow go on.",
    zh: "步骤“{node}”因意外错误而停止：{detail}。请检查其设置和输入；从它的错误端口连线或设置后备值，可让流程继续。",
  },
  "run.duplicate-step": {
    status: 500,
    retryable: false,
    en: "The node “{node}” started two steps named “{name}”. This is a mistake in the node type; report it to its author.",
    zh: "节点“{node}”启动了两个名为“{name}”的步骤。这是该节点类型的错误，请告知其作者。",
  },
  "run.not-runnable": {
    status: 422,
    retryable: false,
    en: "The flow “{flow}” can’t run yet ({count} to fix). First: {problem}",
    zh: "流程“{flow}”还不能运行（有 {count} 处需要修正）。首先：{problemZh}",
  },
  "run.no-such-flow": {
    status: 404,
    retryable: false,
    en: "There is no flow “{flow}” to run, or it can’t run yet. Check the name, and open that flow to see what is missing.",
    zh: "没有可运行的流程“{flow}”，或它还不能运行。请检查名称，并打开该流程查看缺少什么。",
  },
  "run.too-deep": {
    status: 422,
    retryable: false,
    en: "The flow “{flow}” was not run: flows run each other more than 32 deep. Make one of them end without running another.",
    zh: "流程“{flow}”未运行：流程互相调用超过 32 层。请让其中一个不再调用其他流程。",
  },
  "run.replay-diverged": {
    status: 500,
    retryable: false,
    en: "The run can’t go on from where it stopped: the step “{operation}” is recorded, but the flow no longer takes it. Start the run anew.",
    zh: "运行无法从中断处继续：步骤“{operation}”已有记录，但流程不再经过它。请重新开始运行。",
  },
  "run.interrupted": {
    status: 503,
    retryable: true,
    en: "Heddle is closing, so the run pauses here. It goes on when the project is opened again.",
    zh: "Heddle 正在关闭，运行在此暂停；重新打开项目后会继续。",
  },
  "run.answer-invalid": {
    status: 422,
    retryable: false,
    en: "This answer doesn’t fit what the run asks for: {detail}. Correct it and send it again; the run goes on waiting.",
    zh: "该答复不符合运行的要求：{detail}。请更正后重新提交，运行会继续等待。",
  },
  "run.not-waiting": {
    status: 409,
    retryable: false,
    en: "Nothing waits at “{path}” in this run any more: it was answered already, its deadline passed, or the run has ended.",
    zh: "此运行中的“{path}”已不再等待：可能已有人答复、期限已过，或运行已结束。",
  },
  "run.event-nameless": {
    status: 400,
    retryable: false,
    en: "An event needs a name: the one that steps wait for.",
    zh: "事件需要名称，即步骤所等待的名称。",
  },
  "run.still-running": {
    status: 409,
    retryable: false,
    en: "The run {run} hasn’t ended yet. Wait for its end, or cancel it first.",
    zh: "运行 {run} 尚未结束。请等待其结束，或先取消它。",
  },
});
