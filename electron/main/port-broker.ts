import { PORT_CHANNEL } from "../shared/channels.ts";

/** Takes a message with ports: a window's page or the host's process. */
export interface PortReceiver<Port> {
  postMessage(channel: string, message: unknown, transfer: Port[]): void;
}

export interface Channel<Port> {
  port1: Port;
  port2: Port;
}

/** Joins a page and the host by a fresh channel, one end each. Called at every load of the page: ports don't survive a reload. */
export function brokerPort<Port>(
  createChannel: () => Channel<Port>,
  page: PortReceiver<Port>,
  host: { postMessage(message: unknown, transfer: Port[]): void },
): void {
  const { port1, port2 } = createChannel();
  host.postMessage(PORT_CHANNEL, [port1]);
  page.postMessage(PORT_CHANNEL, null, [port2]);
}
