/** Where a host listens for the studio's WebSocket, under its own address. */
export const RPC_PATH = "/rpc";

/** The subprotocol that both ends agree on. The token travels as a second one, so that it never stands in an address that is logged. */
export const WEBSOCKET_PROTOCOL = "heddle.v1";

const TOKEN_PREFIX = "token.";

export const tokenProtocol = (token: string): string => TOKEN_PREFIX + token;

/** The token among the offered subprotocols; empty when there is none. */
export function tokenOf(protocols: readonly string[]): string {
  return protocols.find((protocol) => protocol.startsWith(TOKEN_PREFIX))?.slice(TOKEN_PREFIX.length) ?? "";
}

/** The scheme of the studio's page in the desktop window: a page there gets a port instead of opening a WebSocket. */
export const DESKTOP_SCHEME = "heddle-studio";

/** The message that brings the page its port, from main through the preload script. */
export const PORT_MESSAGE = "heddle:port";
