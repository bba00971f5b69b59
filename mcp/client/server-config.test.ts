import { describe, expect, test } from "vitest";
import type { McpServerConfig } from "../../engine/rpc/contract.ts";
import { launchPlan } from "./server-config.ts";

const plan = (config: McpServerConfig) => launchPlan("shop", config, { HOME: "/home/ada", KEY: "k3y", EMPTY: "" });

describe("a server’s config", () => {
  test("has its variables filled in everywhere", () => {
    const config = {
      command: "${HOME}/run",
      args: ["--key=${KEY}", "$KEY"],
      env: { A: "${KEY}${KEY}" },
      cwd: "${HOME}",
    };
    expect(plan(config)).toEqual({
      transport: "stdio",
      command: "/home/ada/run",
      args: ["--key=k3y", "$KEY"],
      env: { A: "k3yk3y" },
      cwd: "/home/ada",
    });
    expect(
      plan({ type: "http", url: "https://x.test/${KEY}", headers: { Authorization: "Bearer ${KEY}" } }),
    ).toMatchObject({
      transport: "http",
      url: new URL("https://x.test/k3y"),
      headers: { Authorization: "Bearer k3y" },
    });
  });

  test("may say what stands for a variable that isn’t set", () => {
    expect(plan({ command: "${NOTHING:-node}", args: ["${EMPTY:-none}", "${KEY:-none}"] })).toMatchObject({
      command: "node",
      args: ["none", "k3y"],
    });
  });

  test("names the variable that is missing, and never its neighbours’ values", () => {
    expect(() => plan({ command: "x", env: { A: "${KEY}-${MISSING}" } })).toThrow(
      expect.objectContaining({ code: "tool.server-config", message: expect.stringMatching(/^(?!.*k3y).*MISSING/) }),
    );
  });

  test.each(["ftp://x.test", "x.test/mcp", ""])("refuses the address %j", (url) => {
    expect(() => plan({ url })).toThrow(expect.objectContaining({ code: "tool.server-config" }));
  });
});
