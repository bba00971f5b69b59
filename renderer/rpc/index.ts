export { errorText } from "./error-text.ts";
export { connectToPage, connectToPort, getRpc, useConnection, useRpc } from "./host.ts";
export { useCluster, useModels, useToolServers, watchHost } from "./live.ts";
export { QUERY, queryClient, refresh, useCatalog, useFlows, useInfo, useNodeTypes } from "./queries.ts";
