import { host } from "../../../engine/rpc/server/index.ts";
import type { HostContext } from "../context.ts";
import { VERSION } from "../version.ts";

export function systemRoutes(context: HostContext) {
  return {
    info: host.system.info.handler(async () => ({
      version: VERSION,
      platform: process.platform,
      project: (await context.current()?.project()) ?? null,
      settings: { ...(await context.settings.preferences()), keptRuns: await context.settings.keptRuns() },
    })),
    saveSettings: host.system.saveSettings.handler(async ({ input }) => {
      const { keptRuns, ...preferences } = input;
      await context.settings.savePreferences(preferences);
      if (keptRuns) await context.settings.saveKeptRuns(keptRuns);
      return { ok: true as const };
    }),
  };
}

export function catalogRoutes(context: HostContext) {
  return {
    list: host.catalog.list.handler(async () => {
      await context.current()?.ownNodes.load();
      return context.engine().catalog.describe();
    }),
    broken: host.catalog.broken.handler(async () => (await context.current()?.ownNodes.load()) ?? []),
    reload: host.catalog.reload.handler(async () => {
      await context.workspace().ownNodes.reload();
      return { ok: true as const };
    }),
  };
}
