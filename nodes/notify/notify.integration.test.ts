import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { JsonObject, JsonValue } from "../../engine/lib/json.ts";
import { NO_SERVICES } from "../testing/no-services.ts";
import { startWeb } from "../testing/real-services.ts";
import { runSample } from "../testing/run-sample.ts";
import { notify } from "./notify.ts";

let web: Awaited<ReturnType<typeof startWeb>>;
beforeAll(async () => void (web = await startWeb()));
afterAll(() => web.close());

const send = (config: JsonObject, scope: Record<string, JsonValue> = {}) =>
  runSample(
    notify,
    {
      config: { address: "{{ secrets.ROOM }}", message: "Order {{ it.id }} is late", ...config },
      scope: { it: { id: 7 }, ...scope },
    },
    {
      services: {
        ...NO_SERVICES,
        fetch,
        secrets: {
          get: async (name) => ({ ROOM: `${web.url}/rooms/t0p-s3cret`, KEY: "sign-with-this" })[name] ?? "no address",
        },
      },
    },
  );
const last = () => web.requests.at(-1)!;

test("a program gets message and data, with the step’s idempotency key", async () => {
  const { output } = await send({ data: { order: "{{ it.id }}" } });
  expect(output).toEqual({ status: 200 });
  expect(last()).toMatchObject({ method: "POST", path: "/rooms/t0p-s3cret" });
  expect(JSON.parse(last().body)).toEqual({ message: "Order 7 is late", data: { order: 7 } });
  expect(last().headers).toMatchObject({ "content-type": "application/json", "idempotency-key": "sample/subject" });
  expect(last().headers["webhook-signature"]).toBeUndefined();
});

test("chat rooms get what they read", async () => {
  await send({ format: "slack" });
  expect(JSON.parse(last().body)).toEqual({ text: "Order 7 is late" });
  await send({ format: "teams" });
  expect(JSON.parse(last().body)).toMatchObject({
    type: "message",
    attachments: [
      { contentType: "application/vnd.microsoft.card.adaptive", content: { body: [{ text: "Order 7 is late" }] } },
    ],
  });
});

test("a signature is what the receiver computes, and its id the same at every try", async () => {
  await send({ signingKey: "{{ secrets.KEY }}" });
  const { headers, body } = last();
  const signed = [headers["webhook-id"], headers["webhook-timestamp"], body].join(".");
  expect(headers["webhook-signature"]).toBe(
    `v1,${createHmac("sha256", "sign-with-this").update(signed).digest("base64")}`,
  );
  expect(Math.abs(Number(headers["webhook-timestamp"]) - Date.now() / 1000)).toBeLessThan(60);
  await send({ signingKey: "{{ secrets.KEY }}" });
  expect(last().headers["webhook-id"]).toBe(headers["webhook-id"]);
});

test("the secret address stands in no error and no event", async () => {
  web.routes.set("/rooms/t0p-s3cret", (_request, response) =>
    response.writeHead(503, { "retry-after": "4" }).end("later"),
  );
  const { error, events } = await send({});
  expect(error).toMatchObject({ code: "http.status", retryable: true, params: { status: 503, retryAfter: 4 } });
  expect(JSON.stringify(events)).not.toContain("t0p-s3cret");
  web.routes.set("/rooms/t0p-s3cret", (_request, response) =>
    response.writeHead(302, { location: "/elsewhere" }).end(),
  );
  expect((await send({})).error).toMatchObject({ code: "http.redirected", retryable: false });
  web.routes.delete("/rooms/t0p-s3cret");
  expect((await send({ address: "{{ secrets.OTHER }}" })).error).toMatchObject({
    code: "http.bad-url",
    params: { url: "{{ secrets.OTHER }}" },
  });
});
