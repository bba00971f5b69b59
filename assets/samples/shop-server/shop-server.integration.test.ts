import { afterAll, expect, test } from "vitest";
import { createToolHost } from "../../../mcp/client/index.ts";

const SERVER = { command: "${HEDDLE_NODE}", args: ["${HEDDLE_APP}/assets/samples/shop-server/main.ts"] };
const host = createToolHost({ servers: { shop: SERVER } });
afterAll(() => host.dispose());

const call = async (tool: string, args: Record<string, string>, idempotencyKey = "once") =>
  (await host.call({ server: "shop", tool, arguments: args, idempotencyKey, signal: AbortSignal.timeout(30_000) }))
    .value;

test("offers five tools with one required text each", async () => {
  const tools = await host.list("shop");
  expect(tools.map(({ name, inputSchema }) => [name, inputSchema.required])).toEqual([
    ["search_handbook", ["query"]],
    ["lookup_order", ["order_id"]],
    ["check_stock", ["product"]],
    ["create_refund", ["order_id"]],
    ["cancel_refund", ["order_id"]],
  ]);
});

test("looks up orders, written with or without a sign", async () => {
  expect(await call("lookup_order", { order_id: "1042" })).toEqual({
    order: "1042",
    status: "shipped",
    delivery: "2026-11-24",
  });
  expect(await call("lookup_order", { order_id: "#1071" })).toEqual({ order: "1071", status: "cancelled" });
});

test("finds products in plural, with an article and misspelt", async () => {
  for (const product of ["head torch", "head torches", "the Head Torch", "haed torch"]) {
    expect(await call("check_stock", { product })).toEqual({ product: "head torch", stock: 52 });
  }
});

test("searches the handbook, best passage first", async () => {
  const found = await call("search_handbook", { query: "How long do I have to send something back?" });
  expect(found).toMatchObject({
    passages: [{ title: "Returns", text: expect.stringContaining("30 days"), source: "returns.md" }, {}, {}],
  });
  expect(await call("search_handbook", { query: "xyzzy" })).toEqual({ passages: [] });
});

test("refunds an order, the same refund for the same key", async () => {
  const refund = await call("create_refund", { order_id: "1042" }, "key-1");
  expect(refund).toEqual({ order: "1042", refund: "24.90 EUR", status: "created" });
  expect(await call("create_refund", { order_id: "1042" }, "key-1")).toEqual(refund);
});

test("takes a refund back, once for all", async () => {
  await expect(call("cancel_refund", { order_id: "1088" })).rejects.toMatchObject({ code: "tool.failed" });
  await call("create_refund", { order_id: "1088" }, "key-2");
  for (const _ of [1, 2])
    expect(await call("cancel_refund", { order_id: "1088" })).toEqual({ order: "1088", status: "cancelled" });
  expect(await call("create_refund", { order_id: "1088" }, "key-2")).toMatchObject({ status: "cancelled" });
});

test.each([
  ["lookup_order", { order_id: "99" }, "there is no order 99"],
  ["create_refund", { order_id: "none" }, "there is no order none"],
  ["check_stock", { product: "sofa" }, "unknown product"],
])("%s says in one sentence what isn’t there", async (tool, args, detail) => {
  await expect(call(tool, args)).rejects.toMatchObject({ code: "tool.failed", params: { detail } });
});
