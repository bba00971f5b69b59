import { toPythonJson } from "../extract.ts";
import type { Random } from "../random.ts";
import type { Sample } from "../sample.ts";
import { values } from "../values.ts";
import { deskMessage } from "./desk-messages.ts";

interface Field {
    name: string;
    value: string | null;
    meanings: readonly string[];
}

const ORDER_NAMES = ["order", "order", "order", "order_id", "order_number", "orderId"];
const ORDER_MEANINGS = ["the order number", "the number of the order", "the order number, like 12345", "order number"];

/** The extractor node's prompt on a customer's message: the order number alone, or with a name and an email address. */
export function deskExtractSample(random: Random): Sample {
    const message = deskMessage(random);
    const fields: Field[] = [{ name: random.pick(ORDER_NAMES), value: message.order, meanings: ORDER_MEANINGS }];
    let text = message.text;
    if (random.chance(0.3)) {
        const name = random.chance(0.7) ? values.fullName(random) : null;
        if (/Regards|Best/.test(text)) return deskExtractSample(random);
        if (name !== null) text = random.chance(0.5) ? `${text} My name is ${name}.` : `${text} Regards, ${name}`;
        fields.push({ name: "name", value: name, meanings: ["the customer's name", "name of the customer"] });
    }
    if (random.chance(0.3)) {
        const email = random.chance(0.7) ? values.email(random) : null;
        if (email !== null) text = random.chance(0.5) ? `${text} You can reach me at ${email}` : `My email is ${email}. ${text}`;
        fields.push({ name: "email", value: email, meanings: ["the email address", "the customer's email"] });
    }
    const asked = random.shuffle(fields);
    const described = random.chance(0.6);
    const lines = described ? asked.map(({ name, meanings }) => `\n- ${name}: ${random.pick(meanings)}`).join("") : "";
    const value = Object.fromEntries(asked.map((field) => [field.name, field.value]));
    return {
        task: "desk-extract",
        system: `Extract the following fields as JSON: ${asked.map(({ name }) => name).join(", ")}. If a field is not in the text, use null.${lines}`,
        user: text,
        answer: toPythonJson(value),
        check: { kind: "json", value },
        schema: {
            type: "object",
            properties: Object.fromEntries(asked.map(({ name }) => [name, { type: ["string", "null"] }])),
            required: asked.map(({ name }) => name),
        },
    };
}
