import { readFile } from "node:fs/promises";
import { extname, join, normalize, sep } from "node:path";
import { CONTENT_TYPES } from "../shared/content-types.ts";
import { CONTENT_SECURITY_POLICY } from "./window-options.ts";

/** Answers the window's requests with the built studio below `root`, and nothing outside it. */
export async function serveStudio(root: string, request: { url: string }): Promise<Response> {
  const path = normalize(decodeURIComponent(new URL(request.url).pathname));
  const file = join(root, path === sep ? "index.html" : path);
  if (!file.startsWith(root + sep)) return new Response("Not found", { status: 404 });
  try {
    const headers = {
      "content-type": CONTENT_TYPES[extname(file)] ?? "application/octet-stream",
      "content-security-policy": CONTENT_SECURITY_POLICY,
      "x-content-type-options": "nosniff",
    };
    return new Response(new Uint8Array(await readFile(file)), { headers });
  } catch {
    return new Response("Not found", { status: 404 });
  }
}
