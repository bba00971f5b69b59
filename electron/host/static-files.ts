import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { extname, join, normalize, sep } from "node:path";
import { CONTENT_TYPES } from "../shared/content-types.ts";

/** Answers a GET with a file of `root`; unknown paths without an extension get index.html. */
export async function serveFile(root: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== "GET" && request.method !== "HEAD") return end(response, 405, "Method not allowed");
  const path = pathOf(request.url ?? "/");
  if (path === undefined) return end(response, 400, "Bad request");
  const file = join(root, extname(path) ? path : "index.html");
  if (!file.startsWith(root + sep)) return end(response, 400, "Bad request");
  const stats = await stat(file).catch(() => undefined);
  if (!stats?.isFile()) return end(response, 404, "Not found");
  response.writeHead(200, {
    "content-type": CONTENT_TYPES[extname(file)] ?? "application/octet-stream",
    "content-length": stats.size,
    // Built files carry a hash of their content in their name.
    "cache-control": path.startsWith(`${sep}assets${sep}`) ? "public, max-age=31536000, immutable" : "no-cache",
  });
  if (request.method === "HEAD") response.end();
  else
    createReadStream(file)
      .on("error", () => response.destroy())
      .pipe(response);
}

function pathOf(url: string): string | undefined {
  try {
    const path = decodeURIComponent(new URL(url, "http://host").pathname);
    return path.includes("\0") ? undefined : normalize(path);
  } catch {
    return undefined;
  }
}

function end(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" }).end(text);
}
