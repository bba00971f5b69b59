import type { Command } from "commander";
import { heddleHome } from "../../engine/store/home/home.ts";
import type { ClusterStatus } from "../../engine/rpc/contract.ts";
import { clusterFolder, clusterStatus, startCluster, stopCluster } from "../deploy/local/index.ts";
import { coloured, dim, duration, optionsOf, printJson, printTable, wholeNumber } from "./output.ts";
import { words } from "./words.ts";

export function addClusterCommands(program: Command): void {
  const cluster = program.command("cluster").description(words("cluster"));
  cluster
    .command("up")
    .description(words("clusterUp"))
    .option("--port <number>", words("port"), wholeNumber("--port", 0, 65_535))
    .option("--workers <count>", words("workers"), wholeNumber("--workers", 1, 64))
    .option("--folder <folder>", words("folder"))
    .action(async (_: unknown, command: Command) => {
      const { port, workers, folder, json } = optionsOf(command);
      if (!json) console.log(words("starting"));
      const home = heddleHome().root;
      const { status, after } = await startCluster({
        home,
        ...(folder !== undefined && { folder }),
        ...(port !== undefined && { port }),
        ...(workers !== undefined && { workers }),
      });
      if (json) return printJson({ ...status, ...(after !== undefined && { readyAfterMs: Math.round(after) }) });
      show(status);
      const { gateway } = status;
      console.log(
        after === undefined
          ? words("alreadyRunning", { gateway })
          : words("readyAfter", { gateway, time: duration(after) }),
      );
    });
  cluster
    .command("down")
    .description(words("clusterDown"))
    .option("--folder <folder>", words("folder"))
    .action(async (_: unknown, command: Command) => {
      const { folder, json } = optionsOf(command);
      await stopCluster(folderOf(folder));
      if (json) printJson({ state: "stopped", services: [] });
      else console.log(words("stopped"));
    });
  cluster
    .command("status")
    .description(words("clusterStatus"))
    .option("--folder <folder>", words("folder"))
    .action(async (_: unknown, command: Command) => {
      const { folder, json } = optionsOf(command);
      const status = clusterStatus(folderOf(folder));
      if (json) return printJson(status);
      if (status.state === "stopped") return console.log(words("stopped"));
      show(status);
    });
  cluster
    .command("key")
    .description(words("clusterKey"))
    .option("--folder <folder>", words("folder"))
    .action(async (_: unknown, command: Command) => {
      const { folder, json } = optionsOf(command);
      const { localCluster } = await import("../client/index.ts");
      const key = await localCluster({ home: heddleHome().root, ...(folder !== undefined && { folder }) }).apiKey();
      if (json) printJson({ key });
      else console.log(key);
    });
}

const folderOf = (folder: string | undefined): string =>
  clusterFolder({ home: heddleHome().root, ...(folder !== undefined && { folder }) });

function show(status: ClusterStatus): void {
  const rows = status.services.map(({ name, state, url = "", detail = "" }) => [
    name,
    coloured(state),
    url,
    dim(detail),
  ]);
  printTable([words("name"), words("state"), words("address"), words("detail")], rows);
}
