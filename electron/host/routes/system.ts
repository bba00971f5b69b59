import { host } from "../../../engine/rpc/server/index.ts";
import type { HostContext } from "../context.ts";
import { VERSION } from "../version.ts";

export function systemRoutes(context: HostContext) {
  return {
    info: host.system.info.handler(async () => ({
      version: VERSION,
      platform: process.platform,
      project: (await context.current()?.project()) ?? null,
      settings: await context.settings.preferences(),
    })),
    saveSettings: host.system.saveSettings.handler(async ({ input }) => {
      await context.settings.savePreferences(input);
      return { ok: true as const };
    }),
  };
}

export function catalogRoutes(context: HostContext) {
  return { list: host.catalog.list.handler(() => context.engine.catalog.describe()) };
}
