import type { FlowsClient } from "./flows-client.ts";

/** A file's new revision, null when it is gone. */
export interface FileChange {
  name: string;
  revision: string | null;
}

/** Tells changes that other programs make to flow files, and takes the subscription up again when the host was away. */
export function watchFiles(options: {
  flows: () => Pick<FlowsClient, "watch">;
  changed(change: FileChange): void;
  /** Wait before subscribing again, ms. */
  retryDelay: number;
}): () => void {
  const stop = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function follow() {
    try {
      const changes = await options.flows().watch({}, { signal: stop.signal });
      for await (const change of changes) {
        if (stop.signal.aborted) return;
        options.changed(change);
      }
    } catch {
      // The transport was lost; the next subscription tells what it finds.
    }
    if (!stop.signal.aborted) timer = setTimeout(() => void follow(), options.retryDelay);
  }

  void follow();
  return () => {
    clearTimeout(timer);
    stop.abort();
  };
}
