import { DESKTOP_SCHEME, PORT_MESSAGE } from "../../engine/rpc/endpoint.ts";

/** The one message of the desktop's inside: from main to preload and from preload to page, with the page's end of the port. */
export const PORT_CHANNEL = PORT_MESSAGE;

/** Where the window's page lives. A scheme of its own, so that the page has an origin and no file access. */
export const STUDIO_SCHEME = DESKTOP_SCHEME;
export const STUDIO_ORIGIN = `${STUDIO_SCHEME}://app`;
