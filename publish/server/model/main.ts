import { z } from "zod";
import { createModelHost, serveOpenAI } from "../../../engine/model/index.ts";
import { heddleHome } from "../../../engine/store/home/home.ts";
import { createModelRegistry } from "../../../engine/store/home/model-registry.ts";
import { createSecretStore } from "../../../engine/store/home/secrets.ts";
import { serve, serviceConfig } from "../service.ts";

const config = serviceConfig(z.object({ port: z.int(), home: z.string() }));

/** The cluster's model server: the demo model and the user's own GGUF files, behind the OpenAI protocol. Each model runs in its own process. */
const home = heddleHome(config.home);
const modelHost = createModelHost({
  definitions: (await createModelRegistry(home).list()).filter((model) => model.kind === "llama"),
  secrets: createSecretStore(home),
});
const server = await serveOpenAI({ host: "127.0.0.1", port: config.port, modelHost });
// Loading now, so that the first call after publishing doesn't wait for it.
modelHost.warm(["demo"]);

serve(async () => {
  await server.close();
  await modelHost.dispose();
});
