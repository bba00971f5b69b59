import { connectMessagePort } from "./client/index.ts";
import { serveMessagePort } from "./server/index.ts";
import { transportContract } from "./transport-contract.ts";

transportContract("MessagePort", async (router) => {
  const { port1, port2 } = new MessageChannel();
  serveMessagePort(router, port1);
  const client = connectMessagePort(port2);
  const close = async () => port1.close();
  return { client, drop: () => port1.close(), close, reconnects: false };
});
