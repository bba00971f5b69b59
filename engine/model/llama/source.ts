import type { LlamaDefinition } from "../definition.ts";
import type { ModelSource } from "../source.ts";
import { llamaLanguageModel } from "./language-model.ts";
import { LlamaModel } from "./llama-model.ts";

export function llamaSource(
  definition: LlamaDefinition,
  options: { onChange(): void; idleUnloadMs?: number | undefined },
): ModelSource {
  const llama = new LlamaModel(definition, options);
  const load = async () => {
    await llama.load();
  };
  return {
    id: definition.id,
    model: llamaLanguageModel(llama),
    status() {
      const { state, device, contextSize, memory, error } = llama.state;
      return {
        id: definition.id,
        kind: "llama",
        title: definition.title ?? definition.id,
        path: definition.path,
        state,
        ...(device !== undefined && { device }),
        ...(contextSize !== undefined && { contextSize }),
        ...(memory !== undefined && { memory }),
        ...(error && { error: error.toJSON() }),
      };
    },
    load,
    warm: () => load().catch(() => undefined),
    unload: () => llama.unload(),
    dispose: () => llama.dispose(),
  };
}
