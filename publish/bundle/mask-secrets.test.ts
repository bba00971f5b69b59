import { describe, expect, it } from "vitest";
import { maskServer, referencedNames } from "./mask-secrets.ts";

describe("masking a server’s config", () => {
  it.each([
    [
      "a variable called like a secret",
      { command: "x", env: { API_KEY: "short" } },
      { command: "x", env: { API_KEY: "${SHOP_API_KEY}" } },
    ],
    [
      "a value that looks like a key",
      { command: "x", env: { SETTING: "ghp_16C7e42F292c6912E7710c838347Ae178B4a" } },
      { command: "x", env: { SETTING: "${SHOP_SETTING}" } },
    ],
    [
      "an option’s value",
      { command: "x", args: ["--api-key=abc", "-v"] },
      { command: "x", args: ["--api-key=${SHOP_API_KEY}", "-v"] },
    ],
    [
      "the argument after an option",
      { command: "x", args: ["--password", "hunter2"] },
      { command: "x", args: ["--password", "${SHOP_PASSWORD}"] },
    ],
    [
      "a header",
      { url: "https://x.example/mcp", headers: { Authorization: "Bearer abc" } },
      { url: "https://x.example/mcp", headers: { Authorization: "${SHOP_AUTHORIZATION}" } },
    ],
    [
      "an address’s password",
      { url: "https://me:pw1@x.example/mcp" },
      { url: "https://me:${SHOP_PASSWORD}@x.example/mcp" },
    ],
    [
      "an address’s parameter",
      { url: "https://x.example/mcp?api_key=abc&page=2" },
      { url: "https://x.example/mcp?api_key=${SHOP_API_KEY}&page=2" },
    ],
  ])("takes out %s", (_, config, masked) => {
    expect(maskServer("shop", config).config).toEqual(masked);
  });

  it.each([
    { command: "${HEDDLE_NODE}", args: ["${HEDDLE_APP}/assets/samples/shop-server/main.ts"] },
    {
      command: "npx",
      args: ["-y", "@modelcontextprotocol/server-everything", "stdio"],
      env: { LANG: "en", TOKEN: "${MY_TOKEN}" },
    },
    { url: "https://x.example/mcp", headers: { Authorization: "Bearer ${MY_TOKEN}" } },
  ])("leaves names and plain settings alone: %j", (config) => {
    expect(maskServer("shop", config)).toEqual({ config, secrets: {} });
  });

  it("names what the target has to provide", () => {
    expect(referencedNames({ command: "${HEDDLE_NODE}", env: { A: "${B_KEY}", C: "x ${A_KEY}" } })).toEqual([
      "A_KEY",
      "B_KEY",
    ]);
  });
});
