import { HeddleError } from "../../lib/errors/error.ts";
import type { Text } from "../../lib/text.ts";

/** What usually is behind a signal that ends a model process. */
const SIGNALS: Record<string, Text> = {
  SIGKILL: { en: "it was killed from outside, as happens when memory runs out", zh: "被外部终止，常见于内存不足" },
  SIGABRT: { en: "llama.cpp gave up, as it does on damaged models", zh: "llama.cpp 中止，常见于模型损坏" },
  SIGSEGV: { en: "it read memory that isn’t its own", zh: "访问了无效内存" },
  SIGBUS: { en: "its file changed or shrank while it was in use", zh: "文件在使用中被修改或截断" },
  SIGILL: { en: "this processor lacks an instruction that llama.cpp needs", zh: "处理器缺少 llama.cpp 需要的指令" },
  SIGTERM: { en: "it was asked to end", zh: "被要求结束" },
};

/** How a process ended, as an error whose sentence a person understands. */
export function deathError(model: string, code: number | null, signal: NodeJS.Signals | null): HeddleError {
  const ended = signal ?? `exit code ${code ?? "unknown"}`;
  const reason = (signal && SIGNALS[signal]) ?? { en: "it ended by itself", zh: "自行结束" };
  return new HeddleError("model.process-died", { model, reason: reason.en, reasonZh: reason.zh, signal: ended });
}
