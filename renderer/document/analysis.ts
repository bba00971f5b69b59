import type { FlowAnalysis } from "../../engine/flow/index.ts";

export interface Analyzer {
  /** Asks for the analysis of a text after a pause; only the newest text's answer is told. */
  request(text: () => string): void;
  dispose(): void;
}

/** Keeps one question open at a time: answers to texts that are no longer the newest are dropped. */
export function createAnalyzer(options: {
  analyze(text: string, signal: AbortSignal): Promise<FlowAnalysis>;
  answered(analysis: FlowAnalysis): void;
  failed(error: unknown): void;
  delay: number;
}): Analyzer {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let open = new AbortController();
  let first = true;

  async function ask(text: string, signal: AbortSignal) {
    try {
      const analysis = await options.analyze(text, signal);
      if (!signal.aborted) options.answered(analysis);
    } catch (error) {
      if (!signal.aborted) options.failed(error);
    }
  }

  return {
    request(text) {
      clearTimeout(timer);
      open.abort();
      const { signal } = (open = new AbortController());
      timer = setTimeout(() => void ask(text(), signal), first ? 0 : options.delay);
      first = false;
    },
    dispose() {
      clearTimeout(timer);
      open.abort();
    },
  };
}
