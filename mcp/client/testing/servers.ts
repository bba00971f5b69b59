import { spawn, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import type { McpServerConfig } from "../../../engine/rpc/contract.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

/** The official test server. */
export const EVERYTHING_PATH = fileURLToPath(
  import.meta.resolve("@modelcontextprotocol/server-everything/dist/index.js"),
);
export const everything: McpServerConfig = { command: "${HEDDLE_NODE}", args: [EVERYTHING_PATH] };
export const odd: McpServerConfig = { command: "${HEDDLE_NODE}", args: [here("./odd-server.ts")] };
export const stubborn: McpServerConfig = { command: "${HEDDLE_NODE}", args: [here("./odd-server.ts"), "--stubborn"] };
export const CRASH_HOST = here("./crash-host.ts");

/** Whether a process is there and not only waiting to be buried by its parent. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    if (process.platform !== "linux") return true;
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, "utf8"));
  } catch {
    return false;
  }
}

/** The official test server over Streamable HTTP on a free port; resolves when it listens. */
export async function startEverythingHttp(port?: number): Promise<{ url: string; port: number; child: ChildProcess }> {
  const chosen = port ?? (await freePort());
  const child = spawn(process.execPath, [EVERYTHING_PATH, "streamableHttp"], {
    env: { ...process.env, PORT: String(chosen) },
    stdio: ["ignore", "ignore", "pipe"],
  });
  await new Promise<void>((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`server-everything ended with ${code}`)));
    child.stderr.on("data", (text: Buffer) => {
      if (text.toString().includes("listening")) resolve();
    });
  });
  return { url: `http://127.0.0.1:${chosen}/mcp`, port: chosen, child };
}

/** Ends a process that the test started, at once. */
export async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGKILL");
  await gone;
}

/** A port that nothing listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
