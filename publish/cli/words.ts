import { fill, type Text } from "../../engine/lib/text.ts";
import { language } from "./output.ts";

/** Everything the CLI says beside errors. */
const WORDS = {
  program: { en: "Check, run and publish flows of a Heddle project.", zh: "检查、运行并发布 Heddle 项目中的流程。" },
  version: { en: "print the version", zh: "显示版本号" },
  help: { en: "show help", zh: "显示帮助" },
  project: {
    en: "the project’s folder (default: this folder or the nearest above)",
    zh: "项目文件夹（默认：当前文件夹或最近的上级）",
  },
  json: { en: "print JSON", zh: "以 JSON 输出" },
  validate: { en: "check flows; exits with 1 when one has errors", zh: "检查流程；有错误时以 1 退出" },
  validateArgument: { en: "names of flows (default: all)", zh: "流程名称（默认：全部）" },
  noProblems: { en: "{count} flows checked, no problems.", zh: "已检查 {count} 个流程，没有问题。" },
  problems: { en: "{errors} errors, {warnings} warnings.", zh: "{errors} 个错误，{warnings} 个警告。" },
  error: { en: "error", zh: "错误" },
  warning: { en: "warning", zh: "警告" },
  run: { en: "run a flow here, on this machine", zh: "在本机运行流程" },
  flowArgument: { en: "the flow’s name", zh: "流程名称" },
  input: { en: "a field of the input; repeat for more", zh: "一个输入字段；可重复" },
  inputJson: { en: "the whole input as JSON", zh: "以 JSON 给出全部输入" },
  inputFile: {
    en: "the whole input from a JSON file; - reads standard input",
    zh: "从 JSON 文件读取全部输入；- 表示标准输入",
  },
  stream: {
    en: "print the answer as it is written (with --json: every event, one a line)",
    zh: "边生成边输出答案（配合 --json：逐行输出事件）",
  },
  publish: { en: "publish a flow to the local cluster and show its endpoint", zh: "将流程发布到本地集群并显示其地址" },
  rollback: { en: "let a published flow answer with an earlier revision", zh: "让已发布的流程回到之前的修订版" },
  revisionArgument: { en: "the revision (default: the one before)", zh: "修订版（默认：上一个）" },
  deployments: { en: "list what is published", zh: "列出已发布的流程" },
  published: { en: "“{flow}” is published as revision {revision}.", zh: "“{flow}”已发布为修订版 {revision}。" },
  rolledBack: { en: "“{flow}” answers with revision {revision} now.", zh: "“{flow}”现在使用修订版 {revision}。" },
  endpoint: { en: "Endpoint", zh: "地址" },
  apiKey: { en: "API key", zh: "API 密钥" },
  tryIt: { en: "Try it", zh: "试一试" },
  nothingPublished: {
    en: "Nothing is published yet. Publish a flow with `heddle publish <flow>`.",
    zh: "尚未发布任何流程。用 `heddle publish <流程>` 发布。",
  },
  runs: { en: "runs of this project, or of the local cluster", zh: "此项目或本地集群的运行记录" },
  runsList: { en: "list runs, newest first", zh: "列出运行，最新的在前" },
  runsShow: { en: "show one run with its steps", zh: "显示一次运行及其步骤" },
  runsCancel: { en: "cancel a run of the local cluster", zh: "取消本地集群上的运行" },
  onCluster: { en: "runs of the local cluster instead of this project", zh: "查看本地集群而非此项目的运行" },
  ofFlow: { en: "only runs of this flow", zh: "仅此流程的运行" },
  limit: { en: "how many at most", zh: "最多条数" },
  noRuns: { en: "No runs yet.", zh: "暂无运行记录。" },
  runArgument: { en: "the run’s id", zh: "运行编号" },
  cancelling: { en: "Cancelling {run}.", zh: "正在取消 {run}。" },
  cluster: { en: "the local cluster", zh: "本地集群" },
  clusterUp: { en: "start it; returns when it is ready", zh: "启动；就绪后返回" },
  clusterDown: { en: "stop it and everything it started", zh: "停止集群及其启动的一切" },
  clusterStatus: { en: "what runs and how it fares", zh: "查看运行情况" },
  clusterKey: { en: "print the API key for trying", zh: "显示试用的 API 密钥" },
  port: {
    en: "the gateway’s port; the other services take the ones after it (0: any free ones)",
    zh: "网关端口；其余服务依次使用后续端口（0：任意空闲端口）",
  },
  workers: { en: "how many workers", zh: "工作进程数" },
  folder: {
    en: "where its data is kept (default: cluster in HEDDLE_HOME)",
    zh: "数据文件夹（默认：HEDDLE_HOME 下的 cluster）",
  },
  starting: { en: "Starting the local cluster …", zh: "正在启动本地集群……" },
  readyAfter: { en: "Ready after {time}. Gateway: {gateway}", zh: "{time} 后就绪。网关：{gateway}" },
  alreadyRunning: { en: "It runs already. Gateway: {gateway}", zh: "集群已在运行。网关：{gateway}" },
  stopped: { en: "The local cluster is stopped.", zh: "本地集群已停止。" },
  stage_check: { en: "Checking", zh: "检查" },
  stage_bundle: { en: "Bundling", zh: "打包" },
  stage_cluster: { en: "Cluster", zh: "集群" },
  stage_push: { en: "Pushing", zh: "推送" },
  stage_activate: { en: "Activating", zh: "激活" },
  stage_ready: { en: "Ready", zh: "就绪" },
  name: { en: "Name", zh: "名称" },
  state: { en: "State", zh: "状态" },
  address: { en: "Address", zh: "地址" },
  detail: { en: "Detail", zh: "说明" },
  flow: { en: "Flow", zh: "流程" },
  revision: { en: "Revision", zh: "修订版" },
  started: { en: "Started", zh: "开始时间" },
  took: { en: "Took", zh: "用时" },
  tokens: { en: "Tokens", zh: "令牌" },
  runId: { en: "Run", zh: "运行" },
  step: { en: "Step", zh: "步骤" },
  result: { en: "Result", zh: "结果" },
} as const satisfies Record<string, Text>;

export type Word = keyof typeof WORDS;

/** A text in the terminal's language. */
export function words(word: Word, params: Readonly<Record<string, unknown>> = {}): string {
  return fill(WORDS[word][language()], params);
}
