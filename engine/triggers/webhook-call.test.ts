import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { webhookConfig } from "../../nodes/io/triggers.ts";
import { refusal } from "./webhook-auth.ts";
import { deliveryOf, inputOf, type WebhookCall } from "./webhook-call.ts";

const call = (body: string, headers: Record<string, string> = {}): WebhookCall => ({
  method: "POST",
  path: "orders/new",
  query: { page: "2" },
  headers,
  body: Buffer.from(body),
});

describe("what a run gets of a call", () => {
  it.each([
    ["application/json", '{"a":[1]}', { a: [1] }],
    ["application/cloudevents+json; charset=utf-8", "7", 7],
    ["application/x-www-form-urlencoded", "a=1&b=x+y", { a: "1", b: "x y" }],
    ["application/x-www-form-urlencoded", '{"a":"x=1&y"}', { a: "x=1&y" }],
    ["application/x-www-form-urlencoded", " [1, 2]", [1, 2]],
    ["application/x-www-form-urlencoded", "%7B%22a%22=1", { '{"a"': "1" }],
    ["text/plain", "hello", "hello"],
    ["application/json", "", null],
  ])("reads %s", (type, body, expected) => {
    const headers = { "content-type": type };
    expect(inputOf(call(body, headers), undefined)).toEqual({
      body: expected,
      headers,
      query: { page: "2" },
      method: "POST",
    });
  });

  it("refuses what says that it is JSON and isn't", () => {
    expect(() => inputOf(call("{", { "content-type": "application/json" }), undefined)).toThrow(/JSON/);
    const form = { "content-type": "application/x-www-form-urlencoded" };
    expect(() => inputOf(call("{x: 1}", form), undefined)).toThrow(/JSON/);
  });

  it("leaves out what is secret", () => {
    const headers = { authorization: "Bearer x", cookie: "y", "x-hook": "z", "user-agent": "curl" };
    expect(inputOf(call("", headers), "x-hook")["headers"]).toEqual({ "user-agent": "curl" });
  });

  it("knows a delivery by the headers that services send", () => {
    expect(deliveryOf(call("", { "x-github-delivery": "g-1" }))).toBe("g-1");
    expect(deliveryOf(call("", { "idempotency-key": "k", "webhook-id": "w" }))).toBe("k");
    expect(deliveryOf(call(""))).toBeUndefined();
  });
});

describe("an authentic call", () => {
  const secrets = { get: async () => "hush" };
  const config = (auth: "secret" | "hmac") =>
    webhookConfig.parse({ path: "orders", auth, secret: "{{ secrets.HOOK }}" });
  const signed = (encoding: "hex" | "base64") => createHmac("sha256", "hush").update("body").digest(encoding);

  it.each([`sha256=${signed("hex")}`, signed("hex").toUpperCase(), signed("base64")])(
    "is signed as %s",
    async (text) => {
      expect(await refusal(config("hmac"), call("body", { "x-signature-256": text }), secrets)).toBeUndefined();
      expect(await refusal(config("hmac"), call("other", { "x-signature-256": text }), secrets)).toContain("signature");
    },
  );

  it("shows the secret, whole", async () => {
    const shown = (text: string) => refusal(config("secret"), call("", { "x-webhook-secret": text }), secrets);
    expect(await shown("hush")).toBeUndefined();
    for (const wrong of ["hus", "hushh", "", "HUSH"]) expect(await shown(wrong)).toContain("x-webhook-secret");
    expect(await refusal(config("secret"), call(""), secrets)).toContain("missing");
  });
});
