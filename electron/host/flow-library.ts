import { readFlow, type Flow } from "../../engine/flow/index.ts";
import type { FlowFiles, FlowText } from "../../engine/store/project/flow-files.ts";

/** The project's flows by name, for what has to know other flows than the one at hand. */
export interface FlowLibrary {
  /** The flow as its file is now; undefined for one that isn't there or can't be read. */
  read(name: string): Promise<Flow | undefined>;
  /** As far as the files were looked at; undefined for others. */
  known(name: string): Flow | undefined;
  /** Looks at all files. */
  look(): Promise<FlowText[]>;
  /** Looks at one. */
  lookAt(name: string): Promise<void>;
}

/** Flows are parsed once for each revision of their file. */
export function createFlowLibrary(files: FlowFiles): FlowLibrary {
  const flows = new Map<string, { revision: string; flow: Flow | undefined }>();

  const keep = ({ name, revision, text }: FlowText): Flow | undefined => {
    const kept = flows.get(name);
    if (kept?.revision === revision) return kept.flow;
    const source = readFlow(text);
    const broken = source.problems.some(({ severity }) => severity === "error");
    const flow = broken ? undefined : source.flow;
    flows.set(name, { revision, flow });
    return flow;
  };
  const read = async (name: string): Promise<Flow | undefined> => {
    const file = await files.read(name).catch(() => undefined);
    if (file) return keep(file);
    flows.delete(name);
    return undefined;
  };

  return {
    read,
    known: (name) => flows.get(name)?.flow,
    async look() {
      const all = await files.list();
      const names = new Set(all.map(({ name }) => name));
      for (const name of flows.keys()) if (!names.has(name)) flows.delete(name);
      for (const file of all) keep(file);
      return all;
    },
    lookAt: async (name) => void (await read(name)),
  };
}
