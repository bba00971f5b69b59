import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { AnyNode } from "../../engine/node/define.ts";
import type { BrokenNode } from "../../engine/rpc/contract.ts";
import type { ThirdPartyNodes } from "../../nodes/third-party/index.ts";
import type { FlowEngine } from "./flow-engine.ts";

/** The node types that the project itself brings. */
export interface OwnNodes {
  /** Loads them, once, into the engine's catalog. Resolves with what couldn't be loaded; never rejects for one node's sake. */
  load(): Promise<BrokenNode[]>;
  /** Loads them anew: their files have changed. */
  reload(): Promise<BrokenNode[]>;
  close(): Promise<void>;
}

export interface OwnNodesOptions {
  folder: string;
  engine: FlowEngine;
  /** Told when other nodes are loaded than before. */
  changed(): Promise<void>;
  report(error: unknown): void;
}

export function createOwnNodes({ folder, engine, changed, report }: OwnNodesOptions): OwnNodes {
  let loaded: ThirdPartyNodes | undefined;
  let loading: Promise<BrokenNode[]> | undefined;
  let closed = false;

  const load = async (): Promise<BrokenNode[]> => {
    const { loadThirdPartyNodes } = await import("../../nodes/third-party/index.ts");
    const before = loaded;
    const next = await loadThirdPartyNodes({ folder, onChange: () => void own.reload().catch(report) });
    loaded = next;
    // Runs that are under way go on with those from before.
    before?.retire();
    if (closed) await next.dispose();
    const refused = engine.install(next.nodes);
    return [...next.broken, ...refused.map(brokenFor)];
  };

  const own: OwnNodes = {
    load: () => (loading ??= load()),
    async reload() {
      const after = loading ?? Promise.resolve([]);
      const next = after.catch(() => []).then(load);
      loading = next;
      const broken = await next;
      await changed();
      return broken;
    },
    async close() {
      closed = true;
      await loading?.catch(() => {});
      await loaded?.dispose();
    },
  };
  return own;
}

function brokenFor({ type, origin }: AnyNode): BrokenNode {
  const by = origin ?? { kind: "folder" as const, name: type };
  const detail = `there is a built-in node type “${type}”. Give this one another name.`;
  return { origin: by, error: new HeddleError("third-party.broken", { origin: by.name, detail }).toJSON() };
}
