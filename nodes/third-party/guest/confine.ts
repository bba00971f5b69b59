import { registerHooks, Module } from "node:module";

/** Built-in modules that only compute. */
const ALLOWED = new Set(
  [
    "assert",
    "assert/strict",
    "buffer",
    "crypto",
    "events",
    "path",
    "path/posix",
    "path/win32",
    "punycode",
    "querystring",
    "stream",
  ]
    .concat(["stream/promises", "string_decoder", "timers", "timers/promises", "url", "util", "util/types", "zlib"])
    .map((name) => `node:${name}`),
);
/** Of the global object: what talks to the network, or leads to what does. */
const NETWORK = ["fetch", "WebSocket", "EventSource", "CloseEvent", "navigator"] as const;

/**
 * Takes from this process what a node must not have, before a node's code is loaded: every built-in module with effects, the network, and
 * the process object. Files and child processes are refused by Node's permission model, which the process is started with. The process
 * is the wall; this closes the doors that Node's permissions don't know.
 */
export function confine(kit: string): void {
  registerHooks({
    resolve(specifier, context, next) {
      if (specifier === "heddle/node") return { url: kit, shortCircuit: true };
      const resolved = next(specifier, context);
      if (resolved.url.startsWith("node:") && !ALLOWED.has(resolved.url)) {
        throw new Error(`“${specifier}” is not available to nodes: use what run() is given (fetch, files, secret)`);
      }
      return resolved;
    },
  });
  for (const name of ["registerHooks", "register", "enableCompileCache", "syncBuiltinESMExports"]) {
    Reflect.deleteProperty(Module, name);
  }
  closeNetwork();
  replaceProcess();
}

function closeNetwork(): void {
  // Makes Node load its HTTP client now, which leaves its dispatcher on the global object: there it is taken away.
  void globalThis.Response;
  for (const key of Object.getOwnPropertySymbols(globalThis)) {
    if (/undici/.test(key.description ?? "")) Reflect.set(globalThis, key, undefined);
  }
  for (const name of NETWORK) Reflect.deleteProperty(globalThis, name);
}

/** Of the real process object: what reaches further than this process, or gives out what does. */
const REACHING =
  /^(?:getBuiltinModule|binding|_linkedBinding|dlopen|_?kill|_debug\w*|_getActive\w*|execve|chdir|set[eu]?[ug]id|setgroups|initgroups|openStdin|loadEnvFile|_startProfilerIdleNotifier|_stopProfilerIdleNotifier)$/;

/** The real process object can end or signal others, and leads to the pipe that this process is driven by. */
function replaceProcess(): void {
  const { version, versions, platform, arch, nextTick, hrtime, exit } = process;
  for (const name of Object.keys(process)) if (REACHING.test(name)) Reflect.deleteProperty(process, name);
  const nothing = () => undefined;
  const guest = {
    version,
    versions: { ...versions },
    platform,
    arch,
    nextTick,
    hrtime,
    exit,
    env: {},
    argv: [],
    execArgv: [],
    pid: 0,
    cwd: () => "/",
    uptime: () => performance.now() / 1000,
    on: nothing,
    once: nothing,
    off: nothing,
    emit: nothing,
    emitWarning: nothing,
  };
  Object.defineProperty(globalThis, "process", { value: guest, configurable: true, writable: true, enumerable: false });
}
