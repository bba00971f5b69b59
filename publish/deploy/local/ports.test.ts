import { createServer, type AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { choosePorts } from "./ports.ts";

it("takes the ports after the wanted one, and a free one for each that is taken", async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
  const { port } = taken.address() as AddressInfo;
  const ports = await choosePorts(port - 1, 2);
  const all = Object.values(ports).flat();
  expect(ports.gateway).toBe(port - 1);
  expect(all).not.toContain(port);
  expect(new Set(all).size).toBe(9);
  await new Promise((resolve) => taken.close(resolve));
});
