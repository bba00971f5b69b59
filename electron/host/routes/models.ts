import { validateGguf } from "../../../engine/model/index.ts";
import { host } from "../../../engine/rpc/server/index.ts";
import type { HostContext } from "../context.ts";
import { subscription } from "../subscription.ts";

export function modelRoutes(context: HostContext) {
  return {
    list: host.models.list.handler(async () => (await context.models()).list()),
    watch: host.models.watch.handler(async function* ({ signal }) {
      const models = await context.models();
      yield models.list();
      yield* subscription(models.watch, signal, { latest: true });
    }),
    add: host.models.add.handler(async ({ input }) => {
      const models = await context.models();
      // A path with a typing mistake is told at once, not by a model that never starts.
      if (input.kind === "llama") await validateGguf(input.id, input.path);
      await context.registry.add(input);
      return models.add(input);
    }),
    remove: host.models.remove.handler(async ({ input }) => {
      await context.registry.remove(input.id);
      await (await context.models()).remove(input.id);
      return { ok: true as const };
    }),
    load: host.models.load.handler(async ({ input }) => (await context.models()).load(input.id)),
    unload: host.models.unload.handler(async ({ input }) => (await context.models()).unload(input.id)),
  };
}
