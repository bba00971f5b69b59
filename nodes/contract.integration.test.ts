import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { NO_INFERENCE } from "../engine/flow/node-types.ts";
import type { AnyNode } from "../engine/node/define.ts";
import { NODES } from "./index.ts";
import { mismatch } from "./schema-check.ts";
import { startServices, type RealServices } from "./testing/real-services.ts";
import { runSample } from "./testing/run-sample.ts";

let real: RealServices;
beforeAll(async () => {
  real = await startServices();
});
afterAll(() => real.dispose());

const withEffects = NODES.filter((node: AnyNode) => node.role === "step" && node.effects);

describe.each(withEffects)("$type, for real", (node) => {
  test.each(node.role === "step" ? node.samples : [])("$name", async (sample) => {
    // Samples name the web server of the suite by an address without a port, and its mail server by one that may be taken.
    const scope = JSON.parse(JSON.stringify(sample.scope ?? {}).replaceAll("http://127.0.0.1", real.url));
    const config = JSON.parse(JSON.stringify(sample.config).replaceAll("smtp://127.0.0.1:2525", real.mail));
    const run = await runSample(node, { ...sample, config, scope }, { services: real.services });
    expect(run.error?.code).toBe(sample.error);
    if (sample.error !== undefined) return;
    expect(mismatch(node.output(node.config.parse(sample.config), NO_INFERENCE), run.output!)).toBeUndefined();
    if (sample.output !== undefined) expect(run.output).toEqual(sample.output);
    if (sample.port !== undefined) expect(run.port).toBe(sample.port);
  });
});
