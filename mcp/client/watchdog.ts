import { spawn, type ChildProcess } from "node:child_process";

/**
 * Waits for its standard input to close, which happens when the host is gone, however it went (SIGKILL included). Servers that end by
 * themselves when their input closes get a moment; then every process group that was named and not taken back is ended.
 * A shell, because it takes a megabyte and is there on every POSIX system.
 */
const SCRIPT = `
trap '' INT TERM HUP QUIT
groups=' '
while read -r what group; do
  case $what in
    watch) groups="$groups$group " ;;
    forget) case $groups in *" $group "*) groups="\${groups%% $group *} \${groups#* $group }" ;; esac ;;
  esac
done
sleep 1
for group in $groups; do kill -TERM -"$group" 2>/dev/null; done
[ "$groups" = ' ' ] || sleep 1
for group in $groups; do kill -KILL -"$group" 2>/dev/null; done
exit 0
`;

/** Sees to it that no process group outlives this process. One shell serves all groups. POSIX only: elsewhere it does nothing. */
class Watchdog {
  readonly #groups = new Set<number>();
  #shell: ChildProcess | undefined;
  readonly #killAll = () => {
    for (const group of this.#groups) killGroup(group, "SIGKILL");
  };

  watch(group: number): void {
    if (process.platform === "win32") return;
    if (this.#groups.size === 0) process.on("exit", this.#killAll);
    this.#groups.add(group);
    if (this.#shell) this.#tell("watch", group);
    else this.#start();
  }

  forget(group: number): void {
    if (!this.#groups.delete(group)) return;
    this.#tell("forget", group);
    if (this.#groups.size > 0) return;
    process.off("exit", this.#killAll);
    const shell = this.#shell;
    this.#shell = undefined;
    shell?.stdin?.end();
  }

  #start(): void {
    const shell = spawn("/bin/sh", ["-c", SCRIPT], {
      detached: true,
      stdio: ["pipe", "ignore", "ignore"],
      env: { PATH: "/usr/bin:/bin" },
    });
    this.#shell = shell;
    shell.unref();
    // A watchdog that was killed is replaced while there is something to watch; one that can't start leaves the "exit" handler.
    shell.on("error", () => {});
    shell.stdin?.on("error", () => {});
    shell.on("exit", () => {
      if (this.#shell !== shell) return;
      this.#shell = undefined;
      if (this.#groups.size > 0) this.#start();
    });
    for (const group of this.#groups) this.#tell("watch", group);
  }

  #tell(what: "watch" | "forget", group: number): void {
    this.#shell?.stdin?.write(`${what} ${group}\n`);
  }
}

/** The one of this process. */
export const watchdog = new Watchdog();

/** Signals every process of a group; a group that is gone already is no error. */
export function killGroup(group: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-group, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH" && (error as NodeJS.ErrnoException).code !== "EPERM")
      throw error;
  }
}
