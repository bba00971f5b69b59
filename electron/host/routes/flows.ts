import { host } from "../../../engine/rpc/server/index.ts";
import { afterTheCanvas } from "../after-the-canvas.ts";
import type { HostContext } from "../context.ts";
import { subscription } from "../subscription.ts";

export function flowRoutes(context: HostContext) {
  const { engine } = context;
  /** Whoever opens a flow is about to run it. */
  const warmModels = async (text: string) => (await context.models()).warm(engine.modelsOf(text));
  return {
    list: host.flows.list.handler(async () => {
      const files = await context.workspace().flows.list();
      return files.map((file) => engine.describe(file));
    }),
    read: host.flows.read.handler(async ({ input }) => {
      const file = await context.workspace().flows.read(input.name);
      afterTheCanvas(() => void warmModels(file.text).catch(context.report));
      return { ...engine.describe(file), text: file.text };
    }),
    write: host.flows.write.handler(async ({ input }) => {
      const { flows, changes } = context.workspace();
      const revision = await flows.write(input.name, input.text, input.base);
      changes.expect({ name: input.name, revision });
      return { revision };
    }),
    create: host.flows.create.handler(async ({ input }) => {
      const { flows, changes } = context.workspace();
      const file = await flows.create(input.title, engine.newText(input.title));
      changes.expect(file);
      return { ...engine.describe(file), text: file.text };
    }),
    remove: host.flows.remove.handler(async ({ input }) => {
      const { flows, changes } = context.workspace();
      await flows.remove(input.name);
      changes.expect({ name: input.name, revision: null });
      return { ok: true as const };
    }),
    analyze: host.flows.analyze.handler(({ input }) => engine.analyze(input.text)),
    watch: host.flows.watch.handler(async function* ({ signal }) {
      yield* subscription(context.workspace().changes.subscribe, signal);
    }),
  };
}
