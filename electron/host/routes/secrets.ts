import { host } from "../../../engine/rpc/server/index.ts";
import type { HostContext } from "../context.ts";

export function secretRoutes({ secrets }: HostContext) {
  return {
    names: host.secrets.names.handler(() => secrets.names()),
    set: host.secrets.set.handler(async ({ input }) => {
      await secrets.set(input.name, input.value);
      return { ok: true as const };
    }),
    remove: host.secrets.remove.handler(async ({ input }) => {
      await secrets.remove(input.name);
      return { ok: true as const };
    }),
  };
}
