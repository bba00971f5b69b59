export type { GatewayClient } from "./gateway-client.ts";
export { createPublisher, type Publisher, type PublisherOptions } from "./publisher.ts";
export { localCluster, type LocalCluster } from "./local-cluster.ts";
