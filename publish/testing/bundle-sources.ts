import { demoDefinition } from "../../engine/model/definition.ts";
import { createCatalog } from "../../engine/node/catalog.ts";
import { NODES } from "../../nodes/index.ts";
import type { BundleSources } from "../bundle/index.ts";

export const testCatalog = createCatalog(NODES);

/** What a flow is bundled from, with the demo model alone. */
export const bundleSources = (more: Partial<BundleSources> = {}): BundleSources => ({
  catalog: testCatalog,
  version: "0.0.0-test",
  roles: { default: "demo" },
  models: [demoDefinition],
  fileDigest: async () => "0".repeat(64),
  servers: {},
  tools: { list: async () => [] },
  secrets: {},
  flowText: async () => undefined,
  ...more,
});
