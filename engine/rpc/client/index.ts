export { desktopPort, isDesktopPage } from "./desktop-port.ts";
export type { HostClient } from "./host-client.ts";
export { connectMessagePort, type HostPort } from "./message-port.ts";
export { connectWebSocket, type ConnectionStatus, type WebSocketOptions } from "./websocket.ts";
