import { z } from "zod";
import { HeddleError } from "../../engine/lib/errors/error.ts";
import type { JsonSchema, JsonValue } from "../../engine/lib/json.ts";
import { defineNode, type NodeArguments } from "../../engine/node/define.ts";
import { field, template } from "../../engine/node/fields.ts";
import type { NodeProcess } from "../../engine/node/operation.ts";
import { durationTemplate, optionalDuration } from "../duration.ts";
import { answerWithin } from "../people/answer-within.ts";
import { mismatch } from "../schema-check.ts";

const config = z.object({
  event: template({
    label: { en: "Event", zh: "事件" },
    help: { en: "Its name, as whoever sends it calls it.", zh: "事件名称，与发送方一致。" },
    placeholder: { en: "payment-received", zh: "payment-received" },
  }),
  key: template({
    label: { en: "Only the one for", zh: "仅限于" },
    help: {
      en: "A key that the event must carry, such as an order number, so that it wakes this run and no other.",
      zh: "事件必须携带的键，例如订单号，这样只会唤醒本次运行。",
    },
    placeholder: { en: "{{ start.order }}", zh: "{{ start.order }}" },
  }).default(""),
  timeout: durationTemplate({
    label: { en: "At most", zh: "最长等待" },
    help: { en: "Then the way “timeout” is taken. Empty: for ever.", zh: "到时走“超时”出口；留空则一直等待。" },
    placeholder: { en: "2d", zh: "2d" },
  }).default(""),
  payload: field(z.record(z.string(), z.json()).optional(), {
    label: { en: "What it brings", zh: "事件内容格式" },
    help: { en: "The form of its data: later steps are checked against it.", zh: "事件数据的格式，后续步骤据此检查。" },
    widget: "schema",
    advanced: true,
  }),
});
type WaitConfig = z.infer<typeof config>;

const hasTimeout = ({ timeout }: WaitConfig): boolean => timeout.trim() !== "";

function* waitForEvent({ config: written }: NodeArguments<WaitConfig>): NodeProcess {
  const within = optionalDuration(written.timeout);
  const { event, key, payload: form } = written;
  if (event.trim() === "") throw new HeddleError("input.missing", { field: "event" });
  const answer = yield* answerWithin("event", { kind: "event", event, ...(key !== "" && { key }) }, within);
  if (!answer) return { output: { payload: null, timedOut: true }, port: "timeout" };
  return { output: { payload: checked(form, answer.value), timedOut: false } };
}

function checked(form: WaitConfig["payload"], payload: JsonValue): JsonValue {
  const detail = form && mismatch(form as JsonSchema, payload);
  if (detail !== undefined) throw new HeddleError("event.bad-payload", { detail });
  return payload;
}

/** Waits until something happens outside. */
export const waitForEventNode = defineNode<WaitConfig>({
  role: "step",
  type: "wait-for-event",
  version: 1,
  family: "logic",
  icon: "bell-ring",
  title: { en: "Wait for an event", zh: "等待事件" },
  description: { en: "Waits until another program tells of something.", zh: "等待其他程序通知某件事发生。" },
  docs: {
    en: `Waits until another program sends an event of this name: a payment that came in, a parcel that arrived. For a published flow, programs send it over HTTP
(\`POST /v1/events\`); on this computer with \`heddle send-event\`, or by hand from the waiting step in the studio.

**Only the one for** is a key that the event must carry: with the order number as key, \`payment-received\` for order 1042 wakes the run of that order and no other.
An event that comes a little too early is kept for a day.

Waiting costs nothing and survives restarts. With **At most**, the way *timeout* is taken when nothing came in that time. Later steps read what the event brought:
\`{{ key.payload.amount }}\`.`,
    zh: `等待其他程序发送此名称的事件：例如款项到账、包裹送达。对已发布的流程，程序通过 HTTP 发送（\`POST /v1/events\`）；在本机可用 \`heddle send-event\`，或在工作室的等待步骤上手动发送。

**仅限于**是事件必须携带的键：以订单号为键时，订单 1042 的 \`payment-received\` 只会唤醒该订单的运行。稍早到达的事件会保留一天。

等待不占资源，重启后依然有效。设置**最长等待**后，到时未收到则走*超时*出口。后续步骤读取事件内容：\`{{ key.payload.amount }}\`。`,
  },
  config,
  initial: { event: "", key: "", timeout: "" },
  effects: true,
  output: (written) => ({
    type: "object",
    properties: {
      payload: payloadSchema(written),
      timedOut: { type: "boolean", description: "Nothing came in time." },
    },
    required: ["payload", "timedOut"],
    additionalProperties: false,
  }),
  ports: (written) => [
    { id: "out", label: { en: "It came", zh: "已收到" } },
    ...(hasTimeout(written) ? [{ id: "timeout", label: { en: "Timeout", zh: "超时" } }] : []),
  ],
  summary({ event, key }) {
    if (event === "") return { en: "Choose an event", zh: "请填写事件" };
    return key === ""
      ? { en: `Waits for **${event}**`, zh: `等待 **${event}**` }
      : { en: `Waits for **${event}** of ${key}`, zh: `等待 ${key} 的 **${event}**` };
  },
  process: waitForEvent,
  samples: [
    {
      name: "hands on what the event brought",
      config: {
        event: "payment-received",
        key: "{{ start.order }}",
        timeout: "1h",
        payload: { type: "object", properties: { amount: { type: "number" } }, required: ["amount"] },
      },
      scope: { start: { order: "1042" } },
      answers: [{ amount: 12.5 }],
      output: { payload: { amount: 12.5 }, timedOut: false },
      port: "out",
    },
    {
      name: "goes another way when nothing came",
      config: { event: "payment-received", key: "", timeout: "5ms" },
      output: { payload: null, timedOut: true },
      port: "timeout",
    },
  ],
});

/** Empty only where the wait may end without an event. */
function payloadSchema(written: WaitConfig): JsonSchema {
  const form = (written.payload ?? {}) as JsonSchema;
  return hasTimeout(written) && written.payload ? { anyOf: [form, { type: "null" }] } : form;
}
