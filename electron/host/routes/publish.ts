import { host } from "../../../engine/rpc/server/index.ts";
import type { HostContext } from "../context.ts";

export function clusterRoutes(context: HostContext) {
  const publisher = () => context.workspace().publisher();
  return {
    watch: host.cluster.watch.handler(async function* ({ signal }) {
      yield* (await publisher()).watchCluster(signal);
    }),
    up: host.cluster.up.handler(async () => (await publisher()).clusterUp()),
    down: host.cluster.down.handler(async () => {
      await (await publisher()).clusterDown();
      return { ok: true as const };
    }),
  };
}

export function publishRoutes(context: HostContext) {
  const publisher = () => context.workspace().publisher();
  return {
    start: host.publish.start.handler(async function* ({ input }) {
      yield* (await publisher()).publish(input.flow);
    }),
    call: host.publish.call.handler(async function* ({ input, signal }) {
      yield* (await publisher()).call(input.flow, input.input, signal);
    }),
    deployments: host.publish.deployments.handler(async () => (await publisher()).deployments()),
  };
}
