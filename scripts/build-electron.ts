import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import { dirname, join } from "node:path";
import { build } from "vite";

const ROOT = join(import.meta.dirname, "..");
const OUT = join(ROOT, "dist", "electron");

/** The scripts that Electron itself loads: one file each, CommonJS for the sandboxed preload. */
const BUNDLES = [
  { entry: "electron/main/main.ts", file: "main.js", format: "es" },
  { entry: "electron/preload/preload.ts", file: "preload.cjs", format: "cjs" },
] as const;

/** All that the host, and the processes that it starts, may load. */
const HOST_SOURCES = [
  "electron/{host,shared}/**/*.ts",
  "{engine,nodes,mcp}/**/*.ts",
  "publish/*.ts",
  "publish/{bundle,client,deploy,server}/**/*.ts",
  "assets/samples/*/**/*.ts",
];
const HOST_ASSETS = ["assets/demo-model/demo-q8.gguf", "assets/samples"];
const TESTS = /\.test\.ts$|-contract\.ts$|temporary-folder\.ts$/;

async function bundleScripts(): Promise<void> {
  for (const { entry, file, format } of BUNDLES) {
    await build({
      configFile: false,
      root: ROOT,
      logLevel: "warn",
      build: {
        outDir: OUT,
        emptyOutDir: false,
        target: "node24",
        minify: false,
        ssr: join(ROOT, entry),
        rolldownOptions: { external: ["electron"], output: { format, entryFileNames: file } },
      },
      ssr: { noExternal: true },
    });
  }
}

/**
 * Mirrors the host's sources as JavaScript below dist/electron/app, file by file, so that everything that finds a neighbour by its own
 * address (workers, model processes, samples) finds it there too. Electron's Node need not know TypeScript then.
 */
function mirrorHost(): number {
  const files = globSync(HOST_SOURCES, { cwd: ROOT }).filter((file) => !TESTS.test(file));
  for (const file of files) {
    const source = stripTypeScriptTypes(readFileSync(join(ROOT, file), "utf8"), { mode: "strip" });
    const target = join(OUT, "app", file.replace(/\.ts$/, ".js"));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, asJavaScript(source));
  }
  return files.length;
}

/** Points imports, and addresses of neighbouring scripts, at the mirrored files. */
export function asJavaScript(source: string): string {
  return source
    .replace(/(\bfrom\s+|\bimport\s+|\bimport\(\s*)(["'])(\.{1,2}\/[^"']+)\.ts\2/g, "$1$2$3.js$2")
    .replace(/(new URL\(\s*)(["'])([^"']+)\.ts\2(?=\s*,\s*import\.meta\.url)/g, "$1$2$3.js$2");
}

rmSync(OUT, { recursive: true, force: true });
await bundleScripts();
const count = mirrorHost();
for (const asset of HOST_ASSETS) cpSync(join(ROOT, asset), join(OUT, "app", asset), { recursive: true });
console.log(`heddle: ${BUNDLES.length} scripts and ${count} host files in dist/electron`);
