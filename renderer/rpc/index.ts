export { errorText } from "./error-text.ts";
export { connectToPage, connectToPort, getRpc, useConnection } from "./host.ts";
export {
  adoptTriggers,
  useCluster,
  useFlowChange,
  useInbox,
  useModels,
  useToolServers,
  useTriggers,
  watchHost,
} from "./live.ts";
export { askAhead, QUERY, queryClient, refresh, useCatalog, useFlows, useInfo, useNodeTypes } from "./queries.ts";
