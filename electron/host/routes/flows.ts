import { host } from "../../../engine/rpc/server/index.ts";
import { afterTheCanvas } from "../after-the-canvas.ts";
import type { HostContext } from "../context.ts";
import { subscription } from "../subscription.ts";

export function flowRoutes(context: HostContext) {
  /** Whoever opens a flow is about to run it. */
  const warmModels = async (text: string) => (await context.models()).warm(context.engine().modelsOf(text));
  return {
    list: host.flows.list.handler(async () => {
      const { projectFlows, engine, known } = context.workspace();
      await known();
      return (await projectFlows.look()).map((file) => engine.describe(file));
    }),
    read: host.flows.read.handler(async ({ input }) => {
      const { flows, engine, known } = context.workspace();
      await known();
      const file = await flows.read(input.name);
      afterTheCanvas(() => void warmModels(file.text).catch(context.report));
      return { ...engine.describe(file), text: file.text };
    }),
    write: host.flows.write.handler(async ({ input }) => {
      const workspace = context.workspace();
      const revision = await workspace.flows.write(input.name, input.text, input.base);
      await workspace.wrote(input.name, revision);
      return { revision };
    }),
    create: host.flows.create.handler(async ({ input }) => {
      const workspace = context.workspace();
      const { engine } = workspace;
      const file = await workspace.flows.create(input.title, engine.newText(input.title));
      await workspace.wrote(file.name, file.revision);
      return { ...engine.describe(file), text: file.text };
    }),
    remove: host.flows.remove.handler(async ({ input }) => {
      const workspace = context.workspace();
      await workspace.flows.remove(input.name);
      await workspace.wrote(input.name, null);
      return { ok: true as const };
    }),
    analyze: host.flows.analyze.handler(async ({ input }) => {
      await context.current()?.known();
      return context.engine().analyze(input.text, input.flow);
    }),
    watch: host.flows.watch.handler(async function* ({ signal }) {
      yield* subscription(context.workspace().changes.subscribe, signal);
    }),
  };
}
