import { readFlow, type Flow } from "../../engine/flow/index.ts";
import type { FlowFiles, FlowText } from "../../engine/store/project/flow-files.ts";
import { lazy } from "./lazy.ts";

/** The project's flows, for what has to know other flows than the one at hand. */
export interface ProjectFlows {
  /** The flow as its file is now; undefined for one that isn't there or can't be read. */
  read(name: string): Promise<Flow | undefined>;
  /** All flows that can be read, by name, as they were when their files were last looked at. The same object until one changes. */
  all(): Readonly<Record<string, Flow>>;
  /** Looks at all files. */
  look(): Promise<FlowText[]>;
  /** Looks at all files, if that was never done. */
  known(): Promise<void>;
}

interface Kept {
  revision: string;
  flow: Flow | undefined;
}

/** A flow is parsed once for each revision of its file. */
export function createProjectFlows(files: FlowFiles): ProjectFlows {
  const kept = new Map<string, Kept>();
  let all: Readonly<Record<string, Flow>> | undefined;

  const keep = ({ name, revision, text }: FlowText): Flow | undefined => {
    const known = kept.get(name);
    if (known?.revision === revision) return known.flow;
    const source = readFlow(text);
    const isBroken = source.problems.some(({ severity }) => severity === "error");
    const flow = isBroken ? undefined : source.flow;
    kept.set(name, { revision, flow });
    all = undefined;
    return flow;
  };
  const forget = (name: string): void => {
    if (kept.delete(name)) all = undefined;
  };
  const look = async (): Promise<FlowText[]> => {
    const found = await files.list();
    const names = new Set(found.map(({ name }) => name));
    for (const name of kept.keys()) if (!names.has(name)) forget(name);
    for (const file of found) keep(file);
    return found;
  };
  const first = lazy(look);

  return {
    async read(name) {
      const file = await files.read(name).catch(() => undefined);
      if (file) return keep(file);
      forget(name);
      return undefined;
    },
    all: () =>
      (all ??= Object.fromEntries([...kept].flatMap(([name, { flow }]) => (flow ? [[name, flow] as const] : [])))),
    look,
    known: async () => void (await first()),
  };
}
