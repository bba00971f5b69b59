import { spawn } from "node:child_process";
import { say } from "./run.mjs";

/** Opens an address in the default browser; where there is none, the printed address is enough. @param {string} url */
export function openInBrowser(url) {
  const [program, args] = command(url);
  const child = spawn(program, args, { stdio: "ignore", detached: true });
  child.on("error", () => say("no browser could be opened; open the address above yourself"));
  child.unref();
}

/** @param {string} url @returns {[string, string[]]} */
function command(url) {
  if (process.platform === "darwin") return ["open", [url]];
  if (process.platform === "win32") return ["rundll32", ["url.dll,FileProtocolHandler", url]];
  return ["xdg-open", [url]];
}
