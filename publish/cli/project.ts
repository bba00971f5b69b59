import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { readFlow } from "../../engine/flow/index.ts";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import { createFlowFiles, type FlowFiles, type FlowText } from "../../engine/store/project/flow-files.ts";
import { MANIFEST_FILE, readManifest } from "../../engine/store/project/manifest.ts";
import { createMcpFile, type McpFile } from "../../engine/store/project/mcp-file.ts";

/** A project's files, as commands need them. */
export interface CliProject {
  folder: string;
  flows: FlowFiles;
  mcp: McpFile;
  roles(): Promise<Record<string, string>>;
  /** @throws HeddleError `cli.flow-not-found` */
  flow(name: string): Promise<FlowText>;
}

/** The project in `folder`, or the nearest one above this folder. @throws HeddleError `cli.project-not-found` */
export function openProject(folder: string | undefined): CliProject {
  const found = folder === undefined ? nearest(process.cwd()) : resolve(folder);
  if (found === undefined || !existsSync(join(found, MANIFEST_FILE))) {
    throw new HeddleError("cli.project-not-found", { project: found ?? process.cwd() });
  }
  const flows = createFlowFiles(found, (text) => readFlow(text).readOnly === "newer-version");
  return {
    folder: found,
    flows,
    mcp: createMcpFile(found),
    async roles() {
      const { models, problem } = await readManifest(found, basename(found));
      if (problem) throw problem;
      return models;
    },
    async flow(name) {
      const all = await flows.list();
      const flow = all.find((candidate) => candidate.name === name || resolve(name) === candidate.path);
      const known = all.map((candidate) => candidate.name).join(", ") || "–";
      if (!flow) throw new HeddleError("cli.flow-not-found", { flow: name, project: found, known });
      return flow;
    },
  };
}

function nearest(folder: string): string | undefined {
  if (existsSync(join(folder, MANIFEST_FILE))) return folder;
  const above = dirname(folder);
  return above === folder ? undefined : nearest(above);
}
