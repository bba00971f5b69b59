export { createFlowServer, type FlowServerOptions, type UseHost } from "./flow-server.ts";
export { createHttpSessions, type HttpSessions } from "./http-sessions.ts";
