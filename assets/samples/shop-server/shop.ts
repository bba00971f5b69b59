import { readFileSync } from "node:fs";
import MiniSearch from "minisearch";
import { z } from "zod";

const shopSchema = z.object({
  orders: z.array(
    z.object({ order: z.string(), status: z.string(), delivery: z.string().optional(), total: z.string() }),
  ),
  products: z.array(z.object({ product: z.string(), stock: z.int() })),
});
type Order = z.infer<typeof shopSchema>["orders"][number];
type Product = z.infer<typeof shopSchema>["products"][number];

/** The sample shop: a handful of orders and products, and refunds that last as long as the server runs. */
export class Shop {
  readonly #orders: Map<string, Order>;
  readonly #products: Product[];
  readonly #productNames: MiniSearch<Product>;
  readonly #refunds = new Map<string, { order: string; refund: string; status: string }>();

  constructor(file: URL) {
    const { orders, products } = shopSchema.parse(JSON.parse(readFileSync(file, "utf8")));
    this.#orders = new Map(orders.map((order) => [order.order, order]));
    this.#products = products;
    this.#productNames = new MiniSearch({
      idField: "product",
      fields: ["product"],
      searchOptions: { prefix: true, fuzzy: 0.3 },
    });
    this.#productNames.addAll(products);
  }

  /** @throws {Error} one short sentence, when there is no such order */
  lookupOrder(id: string): { order: string; status: string; delivery?: string } {
    const { order, status, delivery } = this.#find(id);
    return { order, status, ...(delivery !== undefined && { delivery }) };
  }

  /** Plurals and small mistakes are understood. @throws {Error} when nothing comes near */
  checkStock(name: string): Product {
    const [best] = this.#productNames.search(name);
    const found = best && this.#products.find(({ product }) => product === best.id);
    if (!found) throw new Error("unknown product");
    return found;
  }

  /** The same key gives the same refund, however often it is asked for. @throws {Error} when there is no such order */
  createRefund(id: string, idempotencyKey: string | undefined): { order: string; refund: string; status: string } {
    const made = idempotencyKey === undefined ? undefined : this.#refunds.get(idempotencyKey);
    if (made) return made;
    const { order, total } = this.#find(id);
    const refund = { order, refund: total, status: "created" };
    if (idempotencyKey !== undefined) this.#refunds.set(idempotencyKey, refund);
    return refund;
  }

  /** Takes the refunds of an order back; one that was taken back stays so. @throws {Error} when there is none */
  cancelRefund(id: string): { order: string; status: string } {
    const { order } = this.#find(id);
    const made = [...this.#refunds.values()].filter((refund) => refund.order === order);
    if (made.length === 0) throw new Error(`there is no refund for order ${order}`);
    for (const refund of made) refund.status = "cancelled";
    return { order, status: "cancelled" };
  }

  #find(id: string): Order {
    const number = id.replace(/\D/g, "");
    const order = this.#orders.get(number);
    if (!order) throw new Error(`there is no order ${id}`);
    return order;
  }
}
