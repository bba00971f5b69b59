import type { HostContext } from "../context.ts";
import { host } from "../../../engine/rpc/server/index.ts";
import { subscription } from "../subscription.ts";

export function triggerRoutes(context: HostContext) {
  const triggers = () => context.workspace().triggers();
  return {
    list: host.triggers.list.handler(async () => (await triggers()).list()),
    watch: host.triggers.watch.handler(async function* ({ signal }) {
      const service = await triggers();
      yield service.list();
      const changes = subscription<true>((changed) => service.watch(() => changed(true)), signal, { latest: true });
      for await (const _ of changes) yield service.list();
    }),
    setActive: host.triggers.setActive.handler(async ({ input }) => {
      const service = await triggers();
      await service.setActive(input.flow, input.active);
      return service.list();
    }),
    tools: host.triggers.tools.handler(async () => (await triggers()).tools()),
    fire: host.triggers.fire.handler(async ({ input }) => {
      const { flow, node, input: brought, key } = input;
      const start = { flow, node, input: brought, ...(key !== undefined && { key }) };
      return { runId: await (await triggers()).fire(start) };
    }),
  };
}

export function conversationRoutes(context: HostContext) {
  const conversations = async () => (await context.workspace().triggers()).conversations;
  return {
    list: host.conversations.list.handler(async ({ input }) => (await conversations()).list(input.flow)),
    read: host.conversations.read.handler(async ({ input }) => (await conversations()).read(input)),
    remove: host.conversations.remove.handler(async ({ input }) => {
      (await conversations()).remove(input);
      return { ok: true as const };
    }),
  };
}
