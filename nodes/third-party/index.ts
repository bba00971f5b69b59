import { HeddleError, type SerializedError } from "../../engine/lib/errors/error.ts";
import type { AnyNode } from "../../engine/node/define.ts";
import type { NodeOrigin } from "../../engine/node/catalog.ts";
import { ProcessEnded } from "../isolated/isolated-process.ts";
import { discover, type Source } from "./discover.ts";
import { OriginHost } from "./origin-host.ts";
import { toNode } from "./to-node.ts";
import { watchSources } from "./watch-sources.ts";

export interface ThirdPartyOptions {
  /** The project's folder. */
  folder: string;
  /** Told when a file changed that nodes may come from: load again then. */
  onChange?(): void;
  /** What nodes print while they run. */
  onLog?(type: string, line: string): void;
  /** ms that a source may take to load. */
  loadLimit?: number;
}

/** A source, or one of its nodes, that can't be used, and why in words. */
export interface BrokenNode {
  origin: NodeOrigin;
  error: SerializedError;
}

/** The node types that a project brings. None of their code runs in this process. */
export interface ThirdPartyNodes {
  nodes: AnyNode[];
  broken: BrokenNode[];
  /** Others take their place: runs that are under way can go on with them, and nothing stays behind when these have ended. */
  retire(): void;
  /** Ends their processes, also those of steps that run. */
  dispose(): Promise<void>;
}

/** How many sources are loaded at once. */
const AT_ONCE = 4;
const LOAD_LIMIT = 10_000;

/** Loads what lies in the project's `nodes` folder and its packages. Never throws for a source's sake: what is wrong with it is listed. */
export async function loadThirdPartyNodes(options: ThirdPartyOptions): Promise<ThirdPartyNodes> {
  const { folder, onChange } = options;
  const sources = await discover(folder);
  const loaded = await inTurns(sources, (source) => loadSource(source, options));
  const nodes: AnyNode[] = [];
  const broken: BrokenNode[] = [];
  for (const { source, found, problems } of loaded) {
    broken.push(...problems.map((detail) => brokenNode(source, detail)));
    for (const node of found) {
      const same = nodes.find(({ type }) => type === node.type);
      if (same) broken.push(brokenNode(source, duplicate(node.type, same.origin)));
      else nodes.push(node);
    }
  }
  const stop = onChange && watchSources(folder, onChange);
  return {
    nodes,
    broken,
    retire() {
      stop?.();
      for (const { host } of loaded) host.retire();
    },
    async dispose() {
      stop?.();
      await Promise.all(loaded.map(({ host }) => host.close()));
    },
  };
}

interface Loaded {
  source: Source;
  host: OriginHost;
  found: AnyNode[];
  problems: string[];
}

async function loadSource(source: Source, options: ThirdPartyOptions): Promise<Loaded> {
  const { onLog = () => undefined, loadLimit = LOAD_LIMIT } = options;
  const host = new OriginHost(source, loadLimit);
  const loaded: Loaded = { source, host, found: [], problems: [] };
  try {
    for (const declared of await host.describe()) {
      try {
        loaded.found.push(toNode(declared, { source, host, onLog }));
      } catch (error) {
        loaded.problems.push((error as Error).message);
      }
    }
  } catch (error) {
    loaded.problems.push(inWords(error, loadLimit));
  }
  return loaded;
}

function inWords(error: unknown, loadLimit: number): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `it didn’t finish loading within ${loadLimit / 1000} s.`;
  if (error instanceof ProcessEnded) return `it ended its process while it was loaded (${error.detail}).`;
  return error.name === "Error" ? error.message : `${error.name}: ${error.message}`;
}

function brokenNode({ origin }: Source, detail: string): BrokenNode {
  const sentence = /[.!?。]$/.test(detail) ? detail : `${detail}.`;
  return { origin, error: new HeddleError("third-party.broken", { origin: origin.name, detail: sentence }).toJSON() };
}

const duplicate = (type: string, other: NodeOrigin | undefined) =>
  `there is a node type “${type}” already, from ${other?.name ?? "Heddle"}. Give this one another name.`;

async function inTurns<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const queue = items.entries();
  const take = async () => {
    for (const [index, item] of queue) results[index] = await work(item);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, take));
  return results;
}
