import { createServer, type AddressInfo } from "node:net";
import type { Ports } from "./cluster-file.ts";

/** Where the gateway listens unless told otherwise; the rest follows behind it. */
export const DEFAULT_GATEWAY_PORT = 4400;

/** Holds a port on loopback: the wanted one, or a free one when that is taken. */
async function hold(wanted: number): Promise<{ port: number; release(): Promise<void> }> {
  const listen = (port: number) =>
    new Promise<ReturnType<typeof createServer>>((resolve, reject) => {
      const server = createServer();
      server.once("error", reject);
      server.listen({ port, host: "127.0.0.1", exclusive: true }, () => resolve(server));
    });
  const server = await listen(wanted).catch(() => listen(0));
  const release = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { port: (server.address() as AddressInfo).port, release };
}

/** The cluster's ports: `base` and the ones after it, each replaced by a free one where taken. All are held until all are known, so none doubles. */
export async function choosePorts(base: number, workers: number): Promise<Ports> {
  const held = await Promise.all(
    Array.from({ length: 7 + workers }, (_, index) => hold(base === 0 ? 0 : base + index)),
  );
  const ports = held.map(({ port }) => port);
  await Promise.all(held.map(({ release }) => release()));
  const [gateway, restateIngress, restateAdmin, restateNode, postgres, balancer, model, ...rest] = ports as [
    ...[number, number, number, number, number, number, number],
    ...number[],
  ];
  return { gateway, restateIngress, restateAdmin, restateNode, postgres, balancer, model, workers: rest };
}
