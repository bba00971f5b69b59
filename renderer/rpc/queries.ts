import { QueryClient, queryOptions, useQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import type { NodeType } from "../../engine/rpc/contract.ts";
import { getRpc } from "./host.ts";

export const queryClient = new QueryClient({
  defaultOptions: { queries: { staleTime: Infinity, retry: false, refetchOnWindowFocus: false } },
});

/** One name for each list that the host keeps, so that whoever changes one can refresh it. */
export const QUERY = {
  info: ["system.info"],
  catalog: ["catalog.list"],
  flows: ["flows.list"],
  runs: ["runs.list"],
  recent: ["projects.recent"],
  secrets: ["secrets.names"],
  conversations: ["conversations.list"],
  deployments: ["publish.deployments"],
} as const;

/** Asks the host again for what changed. */
export const refresh = (key: readonly string[]): Promise<void> => queryClient.invalidateQueries({ queryKey: key });

const infoQuery = queryOptions({ queryKey: QUERY.info, queryFn: () => getRpc().system.info({}) });
const flowsQuery = queryOptions({ queryKey: QUERY.flows, queryFn: () => getRpc().flows.list({}) });
const catalogQuery = queryOptions({ queryKey: QUERY.catalog, queryFn: () => getRpc().catalog.list({}) });

/** Asks for what the first screen needs, all at once, before anything renders. */
export function askAhead(): void {
  void queryClient.prefetchQuery(infoQuery);
  void queryClient.prefetchQuery(catalogQuery);
  void queryClient.prefetchQuery(flowsQuery);
}

/** Version, project and settings: what the studio shows before anything else. */
export const useInfo = () => useQuery(infoQuery);

/** The project's flow files. */
export const useFlows = () => useQuery(flowsQuery);

const NO_TYPES: readonly NodeType[] = [];

/** The node types as data, in palette order; empty until the host has answered. */
export function useNodeTypes(): readonly NodeType[] {
  return useQuery(catalogQuery).data ?? NO_TYPES;
}

/** The node types by name. */
export function useCatalog(): ReadonlyMap<string, NodeType> {
  const types = useNodeTypes();
  return useMemo(() => new Map(types.map((type) => [type.type, type])), [types]);
}
