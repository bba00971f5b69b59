export { createGatewayClient, type GatewayClient } from "./gateway-client.ts";
export { createPublisher, type Publisher, type PublisherOptions } from "./publisher.ts";
