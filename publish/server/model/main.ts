import { z } from "zod";
import { createModelHost, serveOpenAI, type ModelDefinition } from "../../../engine/model/index.ts";
import { heddleHome } from "../../../engine/store/home/home.ts";
import { createModelRegistry } from "../../../engine/store/home/model-registry.ts";
import { createSecretStore } from "../../../engine/store/home/secrets.ts";
import { watchFolder } from "../../../engine/store/project/watch.ts";
import { serve, serviceConfig } from "../service.ts";

const config = serviceConfig(z.object({ port: z.int(), home: z.string() }));

/** The cluster's model server: the demo model and the user's own GGUF files, behind the OpenAI protocol. Each model runs in its own process. */
const home = heddleHome(config.home);
const registry = createModelRegistry(home);
const local = async (): Promise<ModelDefinition[]> => (await registry.list()).filter((model) => model.kind === "llama");
const modelHost = createModelHost({ definitions: await local(), secrets: createSecretStore(home) });
// Models that the user adds while the cluster runs are served too.
const stopWatching = await watchFolder(home.root, () => void followRegistry());
const server = await serveOpenAI({ host: "127.0.0.1", port: config.port, modelHost });
// Loading now, so that the first call after publishing doesn't wait for it.
modelHost.warm(["demo"]);

serve(async () => {
  stopWatching();
  await server.close();
  await modelHost.dispose();
});

async function followRegistry(): Promise<void> {
  const known = new Set(modelHost.list().map(({ id }) => id));
  // A file in the middle of being written is read again at its next change.
  const definitions = await local().catch(() => []);
  for (const definition of definitions) if (!known.has(definition.id)) modelHost.add(definition);
}
