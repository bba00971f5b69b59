export { errorText } from "./error-text.ts";
export { connectToPage, connectToPort, getRpc, useConnection } from "./host.ts";
export { useCluster, useFlowChange, useModels, useToolServers, watchHost } from "./live.ts";
export { askAhead, QUERY, queryClient, refresh, useCatalog, useFlows, useInfo, useNodeTypes } from "./queries.ts";
