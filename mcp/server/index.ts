export { createFlowServer, type FlowServerOptions } from "./flow-server.ts";
export { createHttpSessions, type HttpSessions } from "./http-sessions.ts";
