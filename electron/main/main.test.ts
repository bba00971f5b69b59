import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MessageChannel, type MessagePort } from "node:worker_threads";
import type { WebContents } from "electron";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { connectMessagePort, desktopPort, isDesktopPage } from "../../engine/rpc/client/index.ts";
import { host as contract, serveMessagePort, type HostRouter } from "../../engine/rpc/server/index.ts";
import { PORT_CHANNEL, STUDIO_ORIGIN } from "../shared/channels.ts";
import { denyPermissions, lockDown, opensOutside } from "./lock-down.ts";
import { menuTemplate } from "./menu.ts";
import { brokerPort } from "./port-broker.ts";
import { serveStudio } from "./serve-studio.ts";
import { CONTENT_SECURITY_POLICY, windowOptions } from "./window-options.ts";

describe("the port broker", () => {
  it("joins a page and the host so that the contract works between them", async () => {
    const router = {
      flows: { write: contract.flows.write.handler(({ input }) => ({ revision: input.text })) },
    } as unknown as HostRouter;
    const ports: MessagePort[] = [];
    const hostProcess = {
      postMessage(_message: unknown, [port]: MessagePort[]) {
        serveMessagePort(router, port!);
        ports.push(port!);
      },
    };
    // The page's side as it is in the window: a message event that brings the port.
    const page = new EventTarget();
    const arrived = desktopPort(page as Window);
    brokerPort<MessagePort>(
      () => new MessageChannel(),
      {
        postMessage(channel, _message, transfer) {
          ports.push(...transfer);
          const event = Object.assign(new Event("message"), { source: page, data: channel, ports: transfer });
          page.dispatchEvent(event);
        },
      },
      hostProcess,
    );
    const client = connectMessagePort((await arrived) as never);
    expect(await client.flows.write({ name: "a", text: "hello", base: "" })).toEqual({ revision: "hello" });
    ports[0]!.close();
    await once(ports[1]!, "close");
  });

  it("is not fooled by messages from elsewhere or without a port", async () => {
    const page = new EventTarget();
    let port: unknown;
    void desktopPort(page as Window).then((arrived) => (port = arrived));
    const { port1 } = new MessageChannel();
    const send = (fields: object) => page.dispatchEvent(Object.assign(new Event("message"), fields));
    send({ source: page, data: PORT_CHANNEL, ports: [] });
    send({ source: page, data: "other", ports: [port1] });
    send({ source: null, data: PORT_CHANNEL, ports: [port1] });
    await Promise.resolve();
    expect(port).toBeUndefined();
    port1.close();
  });

  it("is used by pages of the desktop alone", () => {
    expect(isDesktopPage(`${STUDIO_ORIGIN}/index.html`)).toBe(true);
    expect(isDesktopPage("http://127.0.0.1:4310/#token=x")).toBe(false);
  });
});

describe("the window", () => {
  it("gives the page no Node, no shared context and a sandbox", () => {
    expect(windowOptions("/preload.cjs").webPreferences).toMatchObject({
      preload: "/preload.cjs",
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
  });

  it("lets the page run only its own scripts and reach only its own files", () => {
    expect(CONTENT_SECURITY_POLICY).toContain("default-src 'self'");
    expect(CONTENT_SECURITY_POLICY).not.toContain("'unsafe-eval'");
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/script-src[^;]*'unsafe-inline'/);
    expect(CONTENT_SECURITY_POLICY).not.toMatch(/https?:/);
  });

  it("keeps the page on the studio and sends links to the browser", () => {
    const handlers: Record<string, (event: object) => void> = {};
    let openWindow: ((details: { url: string }) => { action: string }) | undefined;
    const outside: string[] = [];
    const page = {
      on: (name: string, handler: (event: object) => void) => (handlers[name] = handler),
      setWindowOpenHandler: (handler: typeof openWindow) => (openWindow = handler),
    } as unknown as WebContents;
    lockDown(page, (url) => outside.push(url));
    const prevented = (name: string, url: string) => {
      let stopped = false;
      handlers[name]!({ url, preventDefault: () => (stopped = true) });
      return stopped;
    };
    expect(prevented("will-navigate", `${STUDIO_ORIGIN}/index.html`)).toBe(false);
    expect(prevented("will-navigate", "https://evil.example/")).toBe(true);
    expect(prevented("will-navigate", `${STUDIO_ORIGIN}.evil.example/`)).toBe(true);
    expect(prevented("will-redirect", `${STUDIO_ORIGIN}/`)).toBe(true);
    expect(prevented("will-attach-webview", "")).toBe(true);
    expect(openWindow!({ url: "https://example.org/docs" })).toEqual({ action: "deny" });
    expect(openWindow!({ url: "file:///etc/passwd" })).toEqual({ action: "deny" });
    expect(outside).toEqual(["https://example.org/docs"]);
  });

  it("opens no programs through links", () => {
    for (const url of ["file:///x", "javascript:alert(1)", "smb://x/y", "ms-msdt:x", "no url"]) {
      expect(opensOutside(url), url).toBe(false);
    }
  });

  it("denies every permission but copying", () => {
    const answers: Record<string, boolean> = {};
    denyPermissions({
      setPermissionRequestHandler(handler) {
        for (const name of [
          "media",
          "geolocation",
          "notifications",
          "openExternal",
          "clipboard-sanitized-write",
        ] as const) {
          handler?.(null as never, name, (granted) => (answers[name] = granted), null as never);
        }
      },
      setPermissionCheckHandler(handler) {
        answers["check usb"] = handler?.(null, "usb", "", null as never) ?? true;
      },
    });
    expect(answers).toEqual({
      media: false,
      geolocation: false,
      notifications: false,
      openExternal: false,
      "clipboard-sanitized-write": true,
      "check usb": false,
    });
  });

  it("has the app's own menu on macOS and leaves undo to the studio", () => {
    expect(menuTemplate("darwin")[0]).toEqual({ role: "appMenu" });
    expect(menuTemplate("linux")[0]).toEqual({ role: "fileMenu" });
    expect(JSON.stringify(menuTemplate("linux"))).not.toMatch(/"(undo|redo)"/);
  });
});

describe("the studio's files in the window", () => {
  let root: string;
  beforeEach(() => {
    root = join(mkdtempSync(join(tmpdir(), "heddle-window-")), "renderer");
    mkdirSync(root);
    writeFileSync(join(root, "index.html"), "<html>");
    writeFileSync(join(root, "..", "secret.txt"), "secret");
  });
  afterEach(() => rmSync(join(root, ".."), { recursive: true, force: true }));
  const get = (path: string) => serveStudio(root, { url: `${STUDIO_ORIGIN}${path}` });

  it("come with their type and the content policy", async () => {
    const response = await get("/");
    expect(await response.text()).toBe("<html>");
    expect(response.headers.get("content-type")).toContain("text/html");
    expect(response.headers.get("content-security-policy")).toBe(CONTENT_SECURITY_POLICY);
  });

  it.each(["/../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/missing.js"])(
    "are all there is: %s",
    async (path) => {
      expect((await get(path)).status).toBe(404);
    },
  );
});
