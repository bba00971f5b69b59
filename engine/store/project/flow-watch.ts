import { join } from "node:path";
import type { FlowFiles } from "./flow-files.ts";
import { FLOW_FOLDER } from "./flow-name.ts";
import { watchFolder } from "./watch.ts";

/** A flow that another program changed; `revision` is null when it deleted the file. */
export interface FlowChange {
  name: string;
  revision: string | null;
}

export interface FlowWatch {
  subscribe(listener: (change: FlowChange) => void): () => void;
  /** Says that this state of the file is our own doing, so that it isn't told. */
  expect(change: FlowChange): void;
  close(): void;
}

/** Watches the flows of a project for what other programs do to them: Git, an editor. */
export async function watchFlows(folder: string, files: FlowFiles): Promise<FlowWatch> {
  const listeners = new Set<(change: FlowChange) => void>();
  const known = await revisions(files);
  let looking: Promise<void> = Promise.resolve();

  const look = async () => {
    const present = await revisions(files);
    const changes: FlowChange[] = [];
    for (const [name, revision] of present) if (known.get(name) !== revision) changes.push({ name, revision });
    for (const name of known.keys()) if (!present.has(name)) changes.push({ name, revision: null });
    for (const change of changes) {
      remember(change);
      for (const listener of listeners) listener(change);
    }
  };
  const remember = ({ name, revision }: FlowChange) => {
    if (revision === null) known.delete(name);
    else known.set(name, revision);
  };
  // A file that vanishes between listing and reading shows at the next look.
  const stop = await watchFolder(join(folder, FLOW_FOLDER), () => {
    looking = looking.then(look).catch(() => {});
  });

  return {
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    expect: remember,
    close: stop,
  };
}

async function revisions(files: FlowFiles): Promise<Map<string, string>> {
  return new Map((await files.list()).map((flow) => [flow.name, flow.revision]));
}
