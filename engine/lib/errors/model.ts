import { entries } from "./entry.ts";

export const MODEL_ERRORS = entries({
  "model.unknown": {
    status: 404,
    retryable: false,
    en: "There is no model or role “{model}”. Known here: {known}. Choose one of them, or add the model under Models.",
    zh: "没有名为“{model}”的模型或角色。现有：{known}。请选择其中之一，或在“模型”中添加。",
  },
  "model.file-missing": {
    status: 424,
    retryable: false,
    en: "The file of the model “{model}” is not there: {path}. Put it back, or choose the file again under Models.",
    zh: "模型“{model}”的文件不存在：{path}。请恢复该文件，或在“模型”中重新选择。",
  },
  "model.not-gguf": {
    status: 422,
    retryable: false,
    en: "{path} is not a GGUF file. Heddle runs models in the GGUF format of llama.cpp; choose a file that ends in .gguf.",
    zh: "{path} 不是 GGUF 文件。Heddle 运行 llama.cpp 的 GGUF 格式模型，请选择以 .gguf 结尾的文件。",
  },
  "model.file-truncated": {
    status: 422,
    retryable: false,
    en: "{path} is incomplete: it has {actual} bytes, and its contents need at least {expected}. Copy or download it again.",
    zh: "{path} 不完整：文件有 {actual} 字节，其内容至少需要 {expected} 字节。请重新复制或下载。",
  },
  "model.file-corrupt": {
    status: 422,
    retryable: false,
    en: "{path} is damaged: {detail}. Copy or download it again.",
    zh: "{path} 已损坏：{detail}。请重新复制或下载。",
  },
  "model.load-failed": {
    status: 500,
    retryable: false,
    en: "llama.cpp could not load the model “{model}”: {detail}. Check that this kind of model is supported and that memory suffices.",
    zh: "llama.cpp 无法加载模型“{model}”：{detail}。请确认支持该类模型且内存充足。",
  },
  "model.process-died": {
    status: 503,
    retryable: true,
    en: "The process of the model “{model}” ended in the middle of its work: {reason} ({signal}). It is started again for the next call, so trying again can help.",
    zh: "模型“{model}”的进程在工作中途结束：{reasonZh}（{signal}）。下次调用时会重新启动，可以重试。",
  },
  "model.unloaded": {
    status: 503,
    retryable: true,
    en: "The model “{model}” was unloaded while it worked. Run it again to load it.",
    zh: "模型“{model}”在工作时被卸载。再次运行即可重新加载。",
  },
  "model.context-overflow": {
    status: 413,
    retryable: false,
    en: "The prompt is too long for the model “{model}”: it has {tokens} tokens, and the model takes {limit}. Shorten the text or choose a model with a larger context.",
    zh: "提示对模型“{model}”来说太长：共 {tokens} 个词元，而模型最多 {limit} 个。请缩短文本，或选择上下文更大的模型。",
  },
  "model.output-cut": {
    status: 422,
    retryable: false,
    en: "The model “{model}” was stopped by its limit of {limit} tokens before its JSON was complete. Raise the limit or ask for less.",
    zh: "模型“{model}”在 JSON 写完之前达到 {limit} 个词元的上限。请提高上限或减少要求的内容。",
  },
  "model.output-invalid": {
    status: 422,
    retryable: false,
    en: "The answer of the model “{model}” doesn’t fit the schema: {detail}. Simplify the schema, or choose a more capable model.",
    zh: "模型“{model}”的回答不符合模式：{detail}。请简化模式，或选择能力更强的模型。",
  },
  "model.bad-request": {
    status: 400,
    retryable: false,
    en: "The model can’t take this request: {detail}.",
    zh: "模型无法接受此请求：{detail}。",
  },
  "model.unreachable": {
    status: 503,
    retryable: true,
    en: "The model server at {url} doesn’t answer ({detail}). Check that it runs and that the address is right.",
    zh: "模型服务 {url} 没有响应（{detail}）。请确认服务已启动且地址正确。",
  },
  "model.unauthorized": {
    status: 502,
    retryable: false,
    en: "The model server at {url} refused the key. Check the secret that the model “{model}” names under Models.",
    zh: "模型服务 {url} 拒绝了密钥。请在“模型”中检查模型“{model}”所用的密钥。",
  },
  "model.remote-unknown": {
    status: 502,
    retryable: false,
    en: "The model server at {url} has no model “{name}”. Check its name there: {url}/models lists them.",
    zh: "模型服务 {url} 没有名为“{name}”的模型。可用名称见 {url}/models。",
  },
  "model.rate-limited": {
    status: 429,
    retryable: true,
    en: "The model server at {url} asks for a pause: too many requests at once. Try again in a moment.",
    zh: "模型服务 {url} 要求暂停：请求过多。请稍后重试。",
  },
  "model.remote-failed": {
    status: 502,
    retryable: false,
    en: "The model server at {url} answered with an error ({status}): {detail}",
    zh: "模型服务 {url} 返回错误（{status}）：{detail}",
  },
});
