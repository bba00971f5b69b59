import { createRoot } from "react-dom/client";
import { desktopPort, isDesktopPage } from "../engine/rpc/client/index.ts";
import { flushOnLeave } from "./document/store.ts";
import { askAhead, connectToPage, connectToPort } from "./rpc/index.ts";
import { startSettings } from "./settings/store.ts";
import { App } from "./shell/app.tsx";
import "./ui/tokens.css";

startSettings();
// The desktop's window brings its port; a page in the browser finds its host by its own address.
if (isDesktopPage(location.href)) connectToPort(await desktopPort(window));
else connectToPage(location.href);
askAhead();
flushOnLeave();
createRoot(document.getElementById("root")!).render(<App />);
