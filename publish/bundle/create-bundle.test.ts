import { describe, expect, it } from "vitest";
import type { McpServerConfig } from "../../engine/rpc/contract.ts";
import { bundleSources } from "../testing/bundle-sources.ts";
import { createBundle } from "./create-bundle.ts";

const FLOW = `heddle: 1
name: Ask
nodes:
  start: { type: start, config: { fields: { message: { type: string, label: Message } } } }
  reply: { type: llm, config: { prompt: "{{ start.message }}" } } # answers
  look: { type: mcp-tool, config: { server: shop, tool: lookup_order, arguments: { order_id: "{{ start.message }}" } } }
  answer: { type: answer, config: { text: "{{ reply.text }}" } }
edges:
  - start -> look
  - look -> reply
  - reply -> answer
layout:
  start: [0, 0]
`;
const shop: McpServerConfig = {
  command: "shop",
  args: ["--token", "abc-123-def"],
  env: { SHOP_KEY: "s3cret-value", REGION: "eu", PASS: "${SHOP_PASS}" },
};
const tool = (name: string) => ({ name, server: "shop", description: "", inputSchema: { type: "object" } });
const sources = bundleSources({
  servers: { shop },
  tools: { list: async () => [tool("refund"), tool("lookup_order")] },
});
const bundleOf = async (text: string) => (await createBundle({ name: "ask", text }, sources)).bundle;

describe("a bundle", () => {
  it("keeps the file byte for byte and locks what the flow leans on", async () => {
    const bundle = await bundleOf(FLOW);
    expect(bundle.source).toBe(FLOW);
    expect(bundle.lock.models).toEqual({ default: { kind: "llama", id: "demo", sha256: "0".repeat(64) } });
    expect(bundle.lock.servers["shop"]?.tools.map(({ name }) => name)).toEqual(["lookup_order", "refund"]);
    expect(bundle.lock.nodes).toEqual({ answer: 1, llm: 1, "mcp-tool": 1, start: 1 });
    expect(bundle.digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it("has one digest for one meaning: comments, order and positions don’t count, words do", async () => {
    const { digest } = await bundleOf(FLOW);
    const moved = FLOW.replace("start: [0, 0]", "start: [40, 80]")
      .replace(" # answers", "")
      .replace("  - start -> look\n", "");
    const reordered = moved.replace("  - reply -> answer\n", "  - reply -> answer\n  - start -> look\n");
    expect((await bundleOf(reordered)).digest).toBe(digest);
    expect((await bundleOf(FLOW.replace("name: Ask", "name: Asks"))).digest).not.toBe(digest);
  });

  it("holds no secret of mcp.json: names stand in their place, and the values stay here", async () => {
    const { bundle, kept } = await createBundle({ name: "ask", text: FLOW }, sources);
    expect(JSON.stringify(bundle)).not.toMatch(/s3cret-value|abc-123-def/);
    expect(bundle.lock.servers["shop"]?.config).toEqual({
      command: "shop",
      args: ["--token", "${SHOP_TOKEN}"],
      env: { SHOP_KEY: "${SHOP_SHOP_KEY}", REGION: "eu", PASS: "${SHOP_PASS}" },
    });
    expect(kept).toEqual({ SHOP_TOKEN: "abc-123-def", SHOP_SHOP_KEY: "s3cret-value" });
    expect(bundle.lock.secrets).toEqual(["SHOP_PASS", "SHOP_SHOP_KEY", "SHOP_TOKEN"]);
  });

  it("refuses a flow that holds a stored secret in plain text", async () => {
    const text = FLOW.replace("{{ start.message }}", "key sk-live-42 {{ start.message }}");
    const leaky = createBundle({ name: "ask", text }, { ...sources, secrets: { SHOP: "sk-live-42" } });
    await expect(leaky).rejects.toMatchObject({ code: "publish.secret-inside", params: { name: "SHOP" } });
  });

  it.each([
    ["a flow with errors", FLOW.replace("start -> look", "start -> nowhere"), "publish.flow-invalid"],
    ["a model that nothing stands behind", FLOW.replace('prompt: "', 'model: big, prompt: "'), "publish.model-unknown"],
    ["a server that mcp.json doesn’t have", FLOW.replace("server: shop", "server: store"), "publish.server-unknown"],
  ])("isn’t made of %s", async (_, text, code) => {
    await expect(bundleOf(text)).rejects.toMatchObject({ code });
  });
});
