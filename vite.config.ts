import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Where `npm run dev` starts the host whose WebSocket the dev server passes on; see scripts/dev.mjs. */
const host = process.env["HEDDLE_DEV_HOST"];

export default defineConfig({
  root: "renderer",
  // Relative addresses: the same files are served by the host and loaded by Electron's own protocol.
  base: "./",
  plugins: [react(), tailwindcss()],
  worker: { format: "es" },
  server: { host: "127.0.0.1", strictPort: true, ...(host && { proxy: { "^/rpc$": { target: host, ws: true } } }) },
  build: {
    outDir: "../dist/renderer",
    emptyOutDir: true,
    target: "chrome140",
    // Monaco alone is 4 MB; it is loaded when an editor opens.
    chunkSizeWarningLimit: 8_000,
  },
});
