import { join } from "node:path";
import { app, BrowserWindow, dialog, Menu, MessageChannelMain, protocol, session, shell } from "electron";
import { STUDIO_ORIGIN, STUDIO_SCHEME } from "../shared/channels.ts";
import { hostArguments, startHostProcess, type HostProcess } from "./host-process.ts";
import { denyPermissions, lockDown } from "./lock-down.ts";
import { menuTemplate } from "./menu.ts";
import { brokerPort } from "./port-broker.ts";
import { serveStudio } from "./serve-studio.ts";
import { windowOptions } from "./window-options.ts";

/** The bundled scripts' folder: dist/electron. */
const SCRIPTS = import.meta.dirname;
/** The host and what it starts are plain files also in a packed app: other processes can't look into the archive. */
const HOST_ENTRY = join(
  SCRIPTS.replace(/app\.asar(?=[\\/]|$)/, "app.asar.unpacked"),
  "app",
  "electron",
  "host",
  "utility.js",
);

protocol.registerSchemesAsPrivileged([
  { scheme: STUDIO_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

if (app.requestSingleInstanceLock()) void app.whenReady().then(open);
else app.quit();

function open(): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(process.platform)));
  denyPermissions(session.defaultSession);
  protocol.handle(STUDIO_SCHEME, (request) => serveStudio(join(SCRIPTS, "..", "renderer"), request));

  const host = startHostProcess(HOST_ENTRY, hostArguments(process.argv), {
    onRestart: () => BrowserWindow.getAllWindows().forEach((window) => window.webContents.reload()),
    onGone(detail) {
      dialog.showErrorBox("Heddle", detail || "The host process ended unexpectedly.");
      app.exit(1);
    },
  });
  openWindow(host);

  app.on("second-instance", focusWindow);
  app.on("activate", () => {
    if (BrowserWindow.getAllWindows().length === 0) openWindow(host);
  });
  app.on("window-all-closed", () => {
    if (process.platform !== "darwin") app.quit();
  });
  stopBeforeQuit(host);
}

function openWindow(host: HostProcess): void {
  const window = new BrowserWindow(windowOptions(join(SCRIPTS, "preload.cjs")));
  lockDown(window.webContents, (url) => void shell.openExternal(url));
  window.once("ready-to-show", () => window.show());
  window.webContents.on("did-finish-load", () => {
    const page = window.webContents;
    brokerPort(() => new MessageChannelMain(), page, host);
  });
  void window.loadURL(`${STUDIO_ORIGIN}/index.html`);
}

function focusWindow(): void {
  const [window] = BrowserWindow.getAllWindows();
  if (window?.isMinimized()) window.restore();
  window?.focus();
}

/** Runs are put to rest and child processes ended before the app is gone. */
function stopBeforeQuit(host: HostProcess): void {
  let stopped = false;
  app.on("before-quit", (event) => {
    if (stopped) return;
    event.preventDefault();
    stopped = true;
    void host.stop().finally(() => app.quit());
  });
}
