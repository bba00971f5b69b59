import type { Session, WebContents } from "electron";
import { STUDIO_ORIGIN } from "../shared/channels.ts";

/** Where a link that a person clicked may go: to their browser, by the web's own schemes. */
export function opensOutside(url: string): boolean {
  return URL.canParse(url) && ["https:", "http:", "mailto:"].includes(new URL(url).protocol);
}

/** The page stays the studio: it goes nowhere else, opens no window and embeds nothing. Links open in the person's browser. */
export function lockDown(page: WebContents, openOutside: (url: string) => unknown): void {
  page.on("will-navigate", (event) => {
    if (!event.url.startsWith(`${STUDIO_ORIGIN}/`)) event.preventDefault();
  });
  page.on("will-redirect", (event) => event.preventDefault());
  page.on("will-attach-webview", (event) => event.preventDefault());
  page.setWindowOpenHandler(({ url }) => {
    if (opensOutside(url)) openOutside(url);
    return { action: "deny" };
  });
}

/** The studio needs no camera, place, notification or other permission; writing to the clipboard, when asked to copy, is all. */
export function denyPermissions(
  session: Pick<Session, "setPermissionRequestHandler" | "setPermissionCheckHandler">,
): void {
  const allowed = "clipboard-sanitized-write";
  session.setPermissionRequestHandler((_page, permission, answer) => answer(permission === allowed));
  session.setPermissionCheckHandler((_page, permission) => permission === allowed);
}
