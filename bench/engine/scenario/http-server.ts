/** An HTTP server on loopback that answers at once; tells its port to who forked it and ends with it. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

const server = createServer((_, response) => response.end('{"ok":true}'));
// Connections that rest between two rounds of the bench stay open.
server.keepAliveTimeout = 60_000;
server.listen(0, "127.0.0.1", 4_096, () => process.send!((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit());
