import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { CONTENT_SECURITY_POLICY } from "./window-options.ts";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".ttf": "font/ttf",
  ".wasm": "application/wasm",
};

/** Answers the window's requests with the built studio below `root`, and nothing outside it. */
export async function serveStudio(root: string, request: { url: string }): Promise<Response> {
  const path = normalize(decodeURIComponent(new URL(request.url).pathname));
  const file = join(root, path === sep ? "index.html" : path);
  if (!file.startsWith(root + sep)) return new Response("Not found", { status: 404 });
  try {
    const headers = {
      "content-type": TYPES[extname(file)] ?? "application/octet-stream",
      "content-security-policy": CONTENT_SECURITY_POLICY,
      "x-content-type-options": "nosniff",
    };
    return new Response(new Uint8Array(await readFile(file)), { headers });
  } catch {
    return new Response("Not found", { status: 404 });
  }
}
