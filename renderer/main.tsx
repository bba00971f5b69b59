import { createRoot } from "react-dom/client";
import { flushOnLeave } from "./document/store.ts";
import { connectToPage } from "./rpc/index.ts";
import { startSettings } from "./settings/store.ts";
import { App } from "./shell/app.tsx";
import "./ui/tokens.css";

startSettings();
connectToPage(location.href);
flushOnLeave();
createRoot(document.getElementById("root")!).render(<App />);
