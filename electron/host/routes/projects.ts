import { basename } from "node:path";
import { host } from "../../../engine/rpc/server/index.ts";
import { readManifest } from "../../../engine/store/project/manifest.ts";
import { copySample, createProject, isFolder } from "../../../engine/store/project/project-folder.ts";
import type { HostContext } from "../context.ts";
import { sampleFolder } from "../sample.ts";

export function projectRoutes(context: HostContext) {
  return {
    recent: host.projects.recent.handler(async () => {
      const paths = await context.settings.recent();
      return Promise.all(paths.map(describeRecent));
    }),
    open: host.projects.open.handler(({ input }) => context.open(input.path)),
    create: host.projects.create.handler(async ({ input }) => {
      const folder = input.sample
        ? await copySample(sampleFolder(context.app), input.path)
        : await createProject(input.path, input.name);
      return context.open(folder);
    }),
    setModelRole: host.projects.setModelRole.handler(async ({ input }) => {
      const project = await context.workspace().setModelRole(input.role, input.model);
      (await context.models.made())?.setRoles(project.models);
      return project;
    }),
  };
}

async function describeRecent(path: string) {
  const exists = await isFolder(path);
  const name = exists ? (await readManifest(path, basename(path))).name : basename(path);
  return { name, path, exists };
}
