/**
 * The layers of docs/architecture.md as rules. There is no list of exceptions: a rule that hurts is a design to change.
 * scripts/layers.test.ts proves that each rule fails on a planted violation.
 */
const CORE = "^engine/(lib|flow|expr|node|run)/";
/** Tests and the suites that tests share may reach further than what they test. */
const TESTS = "\\.test\\.tsx?$|/(driver-contract|transport-contract|temporary-folder)\\.ts$|/testing/";
const OURS = "^(engine|nodes|mcp|renderer|electron|publish|e2e|bench|scripts)/";

/** Packages without effects, which the pure core may use. */
const PURE_PACKAGES = "^node_modules/(zod|yaml|@marcbachmann/cel-js)/";

const rule = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

/** Of our own code, `folder` may import only itself and what starts with one of `allowed`. */
const layer = (folder, allowed) =>
  rule(
    `layer-${folder.replaceAll("/", "-")}`,
    `${folder}/ may import only itself${allowed.map((path) => `, ${path}`).join("")}.`,
    { path: `^${folder}/`, pathNot: TESTS },
    { path: OURS, pathNot: [`${folder}/`, ...allowed].map((path) => `^${path}`) },
  );

const LAYERS = {
  "engine/lib": [],
  "engine/expr": ["engine/lib/"],
  "engine/flow": ["engine/lib/", "engine/expr/"],
  "engine/node": ["engine/lib/", "engine/expr/", "engine/flow/"],
  "engine/run": ["engine/lib/", "engine/expr/", "engine/flow/", "engine/node/"],
  "engine/rpc": ["engine/lib/", "engine/flow/", "engine/node/", "engine/run/"],
  "engine/model": ["engine/lib/", "engine/node/"],
  "engine/sandbox": ["engine/lib/", "engine/node/"],
  "engine/driver": ["engine/lib/", "engine/node/", "engine/run/", "engine/store/"],
  "engine/store": ["engine/(?!triggers)"],
  // What a trigger's config holds is declared once, by its node type.
  "engine/triggers": ["engine/", "nodes/(io/triggers|secret-text).ts"],
  nodes: ["engine/lib/", "engine/expr/", "engine/flow/", "engine/node/"],
  "mcp/openapi": ["engine/lib/", "engine/node/"],
  "mcp/client": ["engine/lib/", "engine/node/", "engine/rpc/contract.ts"],
  "mcp/server": ["engine/lib/", "engine/run/events.ts", "engine/rpc/(client/|contract.ts)"],
  renderer: [
    "engine/lib/",
    "engine/expr/",
    "engine/flow/",
    "engine/rpc/(client/|contract.ts)",
    "engine/run/(view|events|debug).ts",
    "engine/node/(define|fields|operation).ts",
  ],
  "publish/bundle": [
    "engine/lib/",
    "engine/expr/",
    "engine/flow/",
    "engine/node/",
    "engine/run/(plan|collect-flows).ts",
    "engine/rpc/contract.ts",
  ],
  "publish/client": ["engine/", "publish/bundle/", "publish/deploy/", "publish/api.ts"],
  "electron/main": ["electron/shared/"],
  "electron/preload": ["electron/shared/"],
  "electron/host": ["engine/", "nodes/", "mcp/", "publish/(bundle|client|deploy)/", "electron/shared/"],
};

module.exports = {
  forbidden: [
    rule(
      "no-cycle",
      "Modules must not import each other in a circle; types, which are gone at run time, may.",
      {},
      { circular: true, viaOnly: { dependencyTypesNot: ["type-only"] } },
    ),
    rule("no-unresolved", "Every import must be found.", {}, { couldNotResolve: true }),
    ...Object.entries(LAYERS).map(([folder, allowed]) => layer(folder, allowed)),
    rule(
      "pure-core-no-node",
      "The core is free of effects: no node: modules.",
      { path: CORE, pathNot: TESTS },
      { dependencyTypes: ["core"] },
    ),
    rule(
      "pure-core-no-packages",
      "The core is free of effects: only packages that compute.",
      { path: CORE, pathNot: TESTS },
      { path: "^node_modules/", pathNot: PURE_PACKAGES, dependencyTypesNot: ["type-only"] },
    ),
    rule(
      "renderer-no-node",
      "The studio runs in a browser: no node: modules.",
      { path: "^(renderer|engine/rpc/client)/", pathNot: TESTS },
      { dependencyTypes: ["core"] },
    ),
    rule(
      "host-without-electron",
      "npm start runs the host in plain Node, where importing Electron would try a download.",
      { path: "^(electron/host|engine|nodes|mcp|publish)/" },
      { path: "^node_modules/electron/", dependencyTypesNot: ["type-only"] },
    ),
    rule(
      "nobody-imports-roots",
      "renderer/, electron/ and the cluster's roots compose; nobody composes them.",
      { path: OURS, pathNot: [TESTS, "^(renderer|electron|publish|e2e|bench|scripts)/"] },
      { path: "^(renderer|electron|publish)/" },
    ),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.base.json" },
    doNotFollow: { path: "node_modules" },
    exclude: { path: "^(dist|assets/demo-model)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
    },
  },
};
