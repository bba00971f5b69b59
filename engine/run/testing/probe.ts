import type { NodeServices, ToolService } from "../../node/services.ts";

/** One thing that a contract node did: what, in which step (the run's id left out) and at which try. */
export interface ProbeEntry {
  what: string;
  path: string;
  attempt: number;
}

/** Services for the contract's nodes: each thing they do is noted; everything else is absent. `note` may write to a file or a list. */
export function probeServices(note: (entry: ProbeEntry) => void): NodeServices {
  const tools: ToolService = {
    list: async () => [],
    async call({ tool, arguments: given, idempotencyKey }) {
      note({
        what: tool,
        path: idempotencyKey.slice(idempotencyKey.indexOf("/") + 1),
        attempt: Number(given["attempt"]),
      });
      return { content: "", value: null };
    },
  };
  const absent = (): never => {
    throw new TypeError("The contract’s nodes use the probe only");
  };
  return {
    tools,
    models: { language: absent },
    sandbox: { run: absent },
    secrets: { get: absent },
    fetch: absent,
    flows: { start: absent },
    files: { read: absent, write: absent, list: absent, resolve: absent },
  };
}
