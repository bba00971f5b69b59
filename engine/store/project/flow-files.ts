import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import { HeddleError } from "../../lib/errors/error.ts";
import { readIfThere } from "../json-file.ts";
import { revisionOf } from "../revision.ts";
import { writeAtomic } from "../write-atomic.ts";
import { checkFlowName, FLOW_EXTENSIONS, FLOW_FOLDER, flowNameOf, newFlowName } from "./flow-name.ts";

/** A flow file as it stands on disk. */
export interface FlowText {
  name: string;
  path: string;
  text: string;
  revision: string;
}

/** Says whether a text was written by a newer Heddle: such files are never overwritten. */
export type NewerVersion = (text: string) => boolean;

export interface FlowFiles {
  list(): Promise<FlowText[]>;
  /** @throws HeddleError `not-found` */
  read(name: string): Promise<FlowText>;
  /**
   * Replaces the file if it still is what the editor started from (`base`: its revision, or empty for no file). Returns the new revision.
   * @throws HeddleError `flow.conflict`, `flow.newer-on-disk`
   */
  write(name: string, text: string, base: string): Promise<string>;
  /** Makes a flow under a name that is free, made from its title. */
  create(title: string, text: string): Promise<FlowText>;
  remove(name: string): Promise<void>;
}

/** The flows of the project in `folder`: `flows/<name>.flow.yaml` or `.flow.json`. Writes wait for each other. */
export function createFlowFiles(folder: string, isNewer: NewerVersion): FlowFiles {
  const flows = join(folder, FLOW_FOLDER);
  let last: Promise<unknown> = Promise.resolve();
  const oneByOne = <T>(work: () => Promise<T>): Promise<T> => {
    const next = last.then(work);
    last = next.catch(() => {});
    return next;
  };

  const find = async (name: string): Promise<FlowText | undefined> => {
    checkFlowName(name);
    for (const extension of FLOW_EXTENSIONS) {
      const path = join(flows, name + extension);
      const text = await readIfThere(path);
      if (text !== undefined) return { name, path, text, revision: revisionOf(text) };
    }
    return undefined;
  };

  const read = async (name: string): Promise<FlowText> => {
    const found = await find(name);
    if (!found) throw new HeddleError("not-found", { kind: "flow", name });
    return found;
  };

  const names = async (): Promise<string[]> => {
    const files = await filesIn(flows);
    return [...new Set(files.map(flowNameOf).filter((name) => name !== undefined))].sort();
  };

  return {
    async list() {
      const found = await Promise.all((await names()).map(find));
      return found.filter((flow) => flow !== undefined);
    },
    read,
    write: (name, text, base) =>
      oneByOne(async () => {
        const present = await find(name);
        if ((present?.revision ?? "") !== base) throw new HeddleError("flow.conflict", { name });
        if (isNewer(text) || (present && isNewer(present.text))) throw new HeddleError("flow.newer-on-disk", { name });
        await writeAtomic(present?.path ?? join(flows, name + FLOW_EXTENSIONS[0]), text);
        return revisionOf(text);
      }),
    create: (title, text) =>
      oneByOne(async () => {
        const name = newFlowName(title, await names());
        const path = join(flows, name + FLOW_EXTENSIONS[0]);
        await writeAtomic(path, text);
        return { name, path, text, revision: revisionOf(text) };
      }),
    remove: (name) => oneByOne(async () => rm((await read(name)).path)),
  };
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return entries.filter((entry) => !entry.isDirectory()).map((entry) => entry.name);
}
