import { host } from "../../../engine/rpc/server/index.ts";
import type { HostContext } from "../context.ts";
import { subscription } from "../subscription.ts";

export function inboxRoutes(context: HostContext) {
  const runs = () => context.workspace().runs();
  return {
    list: host.inbox.list.handler(async () => (await runs()).waits({ kind: "task" })),
    watch: host.inbox.watch.handler(async function* ({ signal }) {
      const service = await runs();
      const tasks = () => service.waits({ kind: "task" });
      yield tasks();
      const changes = subscription<true>((changed) => service.watchWaits(() => changed(true)), signal, {
        latest: true,
      });
      for await (const _ of changes) yield tasks();
    }),
  };
}

export function eventRoutes(context: HostContext) {
  return {
    send: host.events.send.handler(async ({ input }) => ({
      delivered: await (await context.workspace().runs()).send(input),
    })),
  };
}
