import { ipcRenderer } from "electron";
import { PORT_CHANNEL, STUDIO_ORIGIN } from "../shared/channels.ts";

// Hands the page its port to the host, nothing else: no API of Electron reaches the page.
ipcRenderer.on(PORT_CHANNEL, (event) => {
  window.postMessage(PORT_CHANNEL, STUDIO_ORIGIN, event.ports);
});
