import { describe, expect, it } from "vitest";
import { configOf, EMPTY_FORM, formOf, isComplete, readPasted } from "./server-form.ts";

const shop = { command: "node", args: ["shop.ts", "--stock=all"], env: { KEY: "a=b" } };

describe("a server's form", () => {
  it("gives back the config that it was made from", () => {
    expect(configOf(formOf("shop", shop), shop)).toEqual(shop);
    const http = { type: "http" as const, url: "http://127.0.0.1:9/mcp", headers: { Authorization: "Bearer ${KEY}" } };
    expect(configOf(formOf("far", http), http)).toEqual(http);
  });

  it("keeps keys that it doesn't show", () => {
    const older = { command: "node", disabled: true };
    expect(configOf({ ...formOf("x", older), command: "deno" }, older)).toMatchObject({
      command: "deno",
      disabled: true,
    });
  });

  it("forgets the other transport's settings when it changes", () => {
    const changed = configOf({ ...formOf("shop", shop), transport: "http", url: "http://h/mcp" }, shop);
    expect(changed).toEqual({ type: "http", url: "http://h/mcp", headers: undefined });
  });

  it("is complete with a name and a way to reach the server", () => {
    expect(isComplete({ ...EMPTY_FORM, name: "a" })).toBe(false);
    expect(isComplete({ ...EMPTY_FORM, name: "a", command: "x" })).toBe(true);
    expect(isComplete({ ...EMPTY_FORM, name: "a", transport: "http", command: "x" })).toBe(false);
  });
});

describe("pasted configuration", () => {
  const servers = [{ name: "shop", config: shop }];

  it("may be a whole file, its servers, or one entry without braces", () => {
    expect(readPasted(JSON.stringify({ mcpServers: { shop } }), "")).toEqual({ ok: true, servers });
    expect(readPasted(JSON.stringify({ shop }), "")).toEqual({ ok: true, servers });
    expect(readPasted(`"shop": ${JSON.stringify(shop)},`, "")).toEqual({ ok: true, servers });
  });

  it("may be one server, which needs a name", () => {
    expect(readPasted(JSON.stringify(shop), "shop")).toEqual({ ok: true, servers });
    expect(readPasted(JSON.stringify(shop), "")).toEqual({ ok: false, problem: "needs-name" });
  });

  it("is told apart from what isn't configuration", () => {
    expect(readPasted("npx shop", "")).toEqual({ ok: false, problem: "not-json" });
    expect(readPasted("[1]", "")).toEqual({ ok: false, problem: "no-servers" });
    expect(readPasted('{"a": {"b": 1}}', "")).toEqual({ ok: false, problem: "no-servers" });
  });
});
