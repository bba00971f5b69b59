export { host, type HostRouter, type ServeOptions } from "./handler.ts";
export { localClient } from "./local-client.ts";
export { serveMessagePort } from "./message-port.ts";
export { serveWebSocket, type WebSocketServeOptions } from "./websocket.ts";
