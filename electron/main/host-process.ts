import { utilityProcess, type MessagePortMain, type UtilityProcess } from "electron";

/** The host beside the window: a process of its own, started again when it crashes. */
export interface HostProcess {
  postMessage(message: unknown, transfer: MessagePortMain[]): void;
  /** Asks the host to end everything it started; resolves when it is gone. */
  stop(): Promise<void>;
}

/** After so many crashes in a row the person is told instead. */
const TRIES = 3;

/** Of the app's command line, what is meant for the host: `--project <folder>`. The rest is Chromium's. */
export function hostArguments(argv: readonly string[]): string[] {
  const at = argv.findIndex((arg) => arg === "--project" || arg.startsWith("--project="));
  if (at === -1) return [];
  return argv[at] === "--project" ? argv.slice(at, at + 2) : [argv[at]!];
}

export interface HostEvents {
  /** A new host runs: pages need new ports. */
  onRestart(): void;
  /** The host can't be kept running; `detail` is the last it said. */
  onGone(detail: string): void;
}

export function startHostProcess(entry: string, args: string[], events: HostEvents): HostProcess {
  let stopping = false;
  let crashes = 0;
  let lastWords = "";
  let current = start();

  function start(): UtilityProcess {
    const child = utilityProcess.fork(entry, args, { serviceName: "Heddle host", stdio: "pipe" });
    child.stdout?.pipe(process.stdout);
    child.stderr?.on("data", (chunk: Buffer) => {
      lastWords = (lastWords + chunk.toString()).slice(-2_000);
      process.stderr.write(chunk);
    });
    child.on("exit", () => {
      if (stopping) return;
      crashes += 1;
      if (crashes >= TRIES) return events.onGone(lastWords.trim());
      current = start();
      events.onRestart();
    });
    return child;
  }

  return {
    postMessage: (message, transfer) => current.postMessage(message, transfer),
    stop() {
      stopping = true;
      const gone = new Promise<void>((resolve) => current.once("exit", () => resolve()));
      current.postMessage("stop");
      return gone;
    },
  };
}
