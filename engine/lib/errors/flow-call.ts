import { entries } from "./entry.ts";

const unreadable = { status: 422, retryable: false };

/** Problems of a step that runs another flow. */
export const FLOW_CALL_ERRORS = entries({
  "flow.unknown-flow": {
    ...unreadable,
    en: "The project has no flow “{flow}”.",
    zh: "项目中没有流程“{flow}”。",
  },
  "flow.unknown-flow-near": {
    ...unreadable,
    en: "The project has no flow “{flow}”. Did you mean “{near}”?",
    zh: "项目中没有流程“{flow}”。是否想用“{near}”？",
  },
  "flow.runs-itself": {
    ...unreadable,
    en: "Running “{flow}” here would run this flow again, without end: {path}.",
    zh: "在此运行“{flow}”会再次运行本流程，无休无止：{path}。",
  },
  "flow.input-missing": {
    ...unreadable,
    en: "The flow “{flow}” needs “{field}” in its input. Add it.",
    zh: "流程“{flow}”的输入需要“{field}”，请补上。",
  },
  "flow.input-unknown": {
    ...unreadable,
    en: "The flow “{flow}” takes no “{field}”. Remove it from the input.",
    zh: "流程“{flow}”不接受“{field}”，请从输入中删除。",
  },
  "flow.input-unknown-near": {
    ...unreadable,
    en: "The flow “{flow}” takes no “{field}”. Did you mean “{near}”?",
    zh: "流程“{flow}”不接受“{field}”。是否想用“{near}”？",
  },
});
