import type { Random } from "../random.ts";
import type { Sample } from "../sample.ts";
import { classifySample } from "../classify.ts";
import { customerMessage } from "../messages.ts";
import { deskMessage, DESK_TOPICS, type DeskTopic } from "./desk-messages.ts";

/** Names and meanings of the labels, as an author of a flow writes them. */
const LABELS: Record<DeskTopic, { names: readonly string[]; meanings: readonly string[] }> = {
    billing: {
        names: ["billing", "billing", "billing", "payment", "payments", "money", "finance", "invoices"],
        meanings: ["invoices, charges and payments", "money and invoices", "payments, refunds and invoices", "anything about money", "bills, fees and refunds"],
    },
    shipping: {
        names: ["shipping", "shipping", "shipping", "delivery", "delivery", "logistics", "parcels"],
        meanings: ["parcels and delivery", "where a parcel is", "delivery of an order", "the parcel and its way", "deliveries, parcels and addresses"],
    },
    technical: {
        names: ["technical", "technical", "technical", "tech", "bug", "website", "problems"],
        meanings: ["errors, crashes and bugs", "something is broken", "the app or the website does not work", "errors in app and website", "login, app and website problems"],
    },
};
const OTHER_MEANINGS = ["anything else", "everything else", "what fits nowhere else"];

/** The classifier node's prompt: labels with their meanings, one a line, and the answer as JSON. */
export function deskClassifySample(random: Random): Sample {
    const topics = random.chance(0.85) ? DESK_TOPICS : random.sample(DESK_TOPICS, 2);
    const plain = random.chance(0.6);
    const labels = random.shuffle(topics).map((topic) => ({
        topic: topic as DeskTopic | "other",
        name: plain ? LABELS[topic].names[0] : random.pick(LABELS[topic].names),
        meaning: random.chance(0.9) ? random.pick(LABELS[topic].meanings) : "",
    }));
    const withOther = random.chance(0.3);
    if (withOther) labels.push({ topic: "other", name: "other", meaning: random.pick(OTHER_MEANINGS) });
    const target = random.pick(labels);
    const message =
        target.topic === "other"
            ? customerMessage(random.pick(["praise", "general", "feature", "spam"]), random, "train")
            : deskMessage(random, target.topic).text;
    const lines = labels.map(({ name, meaning }) => (meaning === "" ? `- ${name}` : `- ${name}: ${meaning}`));
    return {
        task: "desk-classify",
        system: `Classify the message into one of:\n${lines.join("\n")}\nReply as JSON with the key "label".`,
        user: message,
        answer: `{"label": "${target.name}"}`,
        check: { kind: "json", value: { label: target.name } },
        schema: { type: "object", properties: { label: { enum: labels.map(({ name }) => name) } }, required: ["label"] },
    };
}

/** The same layout on the topics of the general generator, so that other labels keep working in it. */
export function listedClassifySample(random: Random): Sample {
    const sample = classifySample(random, "train", "json");
    const names = (sample.schema!.properties as Record<string, { enum: string[] }>)[Object.keys(sample.schema!.properties as object)[0]].enum;
    if (sample.check.kind !== "json" || sample.user.length > 250) return listedClassifySample(random);
    const [label] = Object.values(sample.check.value);
    if (/label|categor|class|topic|JSON/i.test(sample.user)) return listedClassifySample(random);
    return {
        ...sample,
        system: `Classify the message into one of:\n${names.map((name) => `- ${name}`).join("\n")}\nReply as JSON with the key "label".`,
        answer: `{"label": ${JSON.stringify(label)}}`,
        check: { kind: "json", value: { label } },
    };
}
