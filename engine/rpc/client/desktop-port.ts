import { DESKTOP_SCHEME, PORT_MESSAGE } from "../endpoint.ts";

/** Whether the page at this address runs in the desktop window. */
export const isDesktopPage = (address: string): boolean => new URL(address).protocol === `${DESKTOP_SCHEME}:`;

/** The port to the host that the preload script hands to the desktop's page once it has loaded. */
export function desktopPort(page: Window): Promise<MessagePort> {
  return new Promise((resolve) => {
    const onMessage = (event: MessageEvent) => {
      const [port] = event.ports;
      if (event.source !== page || event.data !== PORT_MESSAGE || !port) return;
      page.removeEventListener("message", onMessage);
      resolve(port);
    };
    page.addEventListener("message", onMessage);
  });
}
