import type { NodeServices } from "../../engine/node/services.ts";

const refuse = (): never => {
  throw new TypeError("This node says that it has no effects");
};

/** For nodes that touch nothing: every service refuses. */
export const NO_SERVICES: NodeServices = {
  models: { language: refuse },
  tools: { list: refuse, call: refuse },
  sandbox: { run: refuse },
  secrets: { get: refuse },
  fetch: refuse,
  flows: { start: refuse },
  files: { read: refuse, write: refuse, list: refuse, resolve: refuse },
};
