import { addNoise } from "../noise.ts";
import type { Random } from "../random.ts";
import type { Sample, ToolDefinition } from "../sample.ts";
import { capitalize, expand } from "../template.ts";
import { systemPersona } from "../framing.ts";
import { values } from "../values.ts";
import { article, deskOrderNumber, writtenNumber } from "./desk-messages.ts";

type Kind = "lookup" | "stock" | "refund" | "search";

interface ToolKind {
    names: readonly string[];
    descriptions: readonly string[];
    params: readonly { name: string; descriptions: readonly string[] }[];
    value(random: Random): string;
    requests: readonly string[];
    result(value: string, random: Random): Record<string, unknown>;
}

const KINDS: Record<Kind, ToolKind> = {
    lookup: {
        names: ["lookup_order", "lookup_order", "lookup_order", "get_order", "order_status", "track_order", "find_order"],
        descriptions: ["Look up an order: its status and delivery date", "Get the status of an order", "Find an order by its number", "Tells the status and the delivery date of an order"],
        params: [
            { name: "order_id", descriptions: ["The order number", "Number of the order"] },
            { name: "order_id", descriptions: ["The order number, like 1042"] },
            { name: "order", descriptions: ["Order number"] },
        ],
        value: deskOrderNumber,
        requests: [
            "{where|where exactly} is {my |the |}order $v{?|}",
            "{what is|what's|tell me|I need} the {status|state} of {my |}order {number |}$v{?|}",
            "{has|was} {my |}{order |order number |}$v {been |}{sent|shipped|dispatched|delivered|packed}{| already| yet}{?|}",
            "{when|what day} {will|does|is} {my |the |}order $v {arrive|come|get here|be delivered}{?|}",
            "{can|could} you {track|look up|check|find|see} {my |the |}{order |order number |}$v{| for me| please}{?|}",
            "{I'm|I am} {still |}waiting for {my |}order $v{|, where is it|, when does it come|, any news}{?|}",
            "{any news|is there news|what's new|what is happening|what happened} {about|with|to|on} {my |}order $v{?|}",
            "{tell me|what do you know} about {my |the |}order {number |}$v{| please}",
            "{any|is there an|do you have an} update on {my |}{order |}$v{?|}",
            "order status {of |for |}$v",
            "{I|we} placed order $v {last week|on Monday|in May}. {Where is it|When does it come}{| now}?",
            "{track|find|check|look up|show me} {my |the |}order {number |}$v{| please}",
            "is {my |}{order |}$v {on the way|on its way|delivered|shipped|in the post|late|still in the warehouse}{?|}",
            "my order {number |}is $v{, where is it|, when will it be here|. When does it come|. Is it on the way|, has it left}{?|}",
            "{I|we} {ordered|bought something} last week, {the |}{number|order number|order} {is |}$v. {Where is it|When will it arrive|Is it shipped}?",
            "{I'd like to know|please tell me|do you know} {where|when|how} {my |}order $v {is|arrives|is doing|stands}",
            "$v, {where is it|is it shipped|what's the status|when does it arrive}? {It's|that is} my order{| number}",
            "{did|has} {you send|the parcel for|the courier picked up} {order |my order |}$v{| left| gone out}{?|}",
        ],
        result: (value, random) => ({
            ...(random.chance(0.4) && { order: value }),
            status: random.pick(["shipped", "delivered", "packed", "cancelled", "in preparation", "on hold", "returned", "delayed", "ready for pickup"]),
            ...(random.chance(0.8) && { [random.pick(["delivery", "delivery", "delivery_date", "arrives", "eta"])]: values.date(random) }),
            ...(random.chance(0.2) && { carrier: values.company(random) }),
        }),
    },
    stock: {
        names: ["check_stock", "check_stock", "check_stock", "get_stock", "stock", "product_stock", "is_available"],
        descriptions: ["Check how many pieces of a product are in stock", "Get the stock of a product", "Tells how many of an article are left", "Look up whether a product is available"],
        params: [
            { name: "product", descriptions: ["The name of the product", "Product name", "What the customer wants"] },
            { name: "product", descriptions: ["The name of the product"] },
            { name: "article", descriptions: ["The article"] },
        ],
        value: (random) => (random.chance(0.2) ? `${article(random)}s` : article(random)),
        requests: [
            "{is|are} {the |a |this |}$v {in stock|available|still available|in store|on stock|left|sold out}{?|}",
            "{do|did} you {still |}{have|sell|stock|carry} {the |a |any |}$v{| in stock| left| at the moment}{?|}",
            "{how many|how much} $v {are left|do you have|are in stock|is left|are there}{?|}",
            "{can|could} {I|we} {still |}{buy|get|order} {the |a |an |}$v{| today| this week}{?|}",
            "{I|we} {want|would like|need} {to buy |to order |}{a |an |the |}$v{, is it available|, do you have one|, is it in stock|, do you have it}{?|}",
            "{check|look up|tell me} {the |}stock {of|for} {the |}$v{| please}",
            "{can|could} you {check|see|look|find out} {if|whether} {the |you have the |you have a |there is a |a |}$v {is available|in stock|left|is in stock}{| please}{?|}",
            "{I'm|I am} looking for {a |the |an |}$v{|, do you have it|, is there one left|. Any left}{?|}",
            "{is there|are there} {still |}{a |any |}$v {left|in the shop|in your shop|available}{?|}",
            "{any|got} {more |}$v {left|there}{?|}",
            "stock of $v{?|}",
            "$v in stock{?|}",
            "$v{?|: do you have it?|, any left?| - available?}",
        ],
        result: (value, random) => ({
            ...(random.chance(0.6) && { product: value }),
            [random.pick(["stock", "stock", "in_stock", "pieces", "available"])]: random.int(0, 99),
            ...(random.chance(0.3) && { price: values.amount(random) }),
        }),
    },
    refund: {
        names: ["create_refund", "create_refund", "create_refund", "refund_order", "refund", "request_refund"],
        descriptions: ["Create a refund for an order", "Refund an order", "Give the customer the money back for an order", "Starts the refund of an order"],
        params: [
            { name: "order_id", descriptions: ["The order number", "Number of the order"] },
            { name: "order_id", descriptions: ["The order number, like 1042"] },
            { name: "order", descriptions: ["Order number"] },
        ],
        value: deskOrderNumber,
        requests: [
            "{please |}refund {my |the |}order {number |}$v{| please|, it arrived broken|, I don't want it any more|, it is the wrong size}",
            "{I|we} {want|would like|need|demand} {a refund|my money back|the money back|to be refunded} for {my |the |}{order |}$v",
            "{can|could} {I|you} {get|give me|have} {a refund|my money back|the money back} for {my |}{order |}$v{?|}",
            "{order |my order |}$v {came|arrived|was delivered} {broken|damaged|too late|with the wrong size|incomplete|in pieces}, {I want a refund|please refund it|I'd like my money back|give me my money back}",
            "{the $t|it|everything} {was|is|came} {broken|damaged|faulty|the wrong colour|too small}, {please refund|refund|I want my money back for|money back for} {order |my order |}$v{| please}",
            "{I'd like|we would like} a refund{ for|: |, order }$v",
            "{I|we} {sent back|returned} {order |my order |}$v, {please refund it|where can I get my money|I want the money back}",
            "{start|create|make|open} {a|the} refund for {my |the |}{order |}$v",
            "{give|send|pay} {me|us} {back |}the money {back |}for {order |}$v{| please}",
            "{money back|refund} {for |}{order |}$v{ please|, thanks|}",
        ],
        result: (value, random) => ({
            ...(random.chance(0.7) && { order: value }),
            [random.pick(["refund", "refund", "amount"])]: values.amount(random),
            ...(random.chance(0.5) && { status: random.pick(["created", "approved", "started", "pending"]) }),
        }),
    },
    search: {
        names: ["search_handbook", "search_handbook", "search_docs", "search_faq"],
        descriptions: ["Search the handbook", "Find passages of the handbook", "Searches the handbook of the shop for a question"],
        params: [{ name: "query", descriptions: ["What to look for", "Search words", "The question"] }],
        value: (random) => expand(random.pick(["{warranty|repairs|returns|shipping costs|gift cards|opening hours|student discount|privacy|payment methods|size chart}", "$t {care|warranty|rental|repair}", "{delivery|shipping} to $p"]), random, { t: () => article(random), p: () => values.city(random) }),
        requests: [
            "{search|look in|check} the {handbook|manual|faq} for $v",
            "what does the handbook say about $v{?|}",
            "{find|look up} {the rules|something|passages} {about|on|for} $v{| in the handbook}",
            "{what are|do you have} {the |}rules {about|for|on} $v{?|}",
        ],
        result: (_, random) => ({ passage: `${capitalize(article(random))} ${random.pick(["is", "costs"])} ${values.amount(random)}` }),
    },
};

const NO_TOOL: readonly (readonly [requests: readonly string[], answer: string])[] = [
    [["hello", "hi", "hi there", "good morning", "hey", "hello there", "good evening", "good day", "hi!", "hello, anyone there?"], "Hello! How can I help you?"],
    [["thank you", "thanks", "thanks a lot{| for your help}", "great, thanks", "thank you very much", "many thanks{| for everything}", "perfect, thank you", "that helps, thanks", "cheers"], "You're welcome!"],
    [["who are you?", "what are you?", "what is your name?", "are you a robot?", "are you a human?", "who am I talking to?"], "I am Heddle's demo model, a very small assistant for simple tasks."],
    [["tell me a joke", "write a poem about {autumn|the sea|cats}", "what is the meaning of life?", "explain {quantum physics|the history of rome}", "what is the capital of {france|peru}?", "sing a song"], "Sorry, I can't do that with my tools."],
];

const SYSTEMS = [
    "You are a support agent of a shop. Use a tool when one fits.",
    "You are a support agent of a shop. Use a tool when one fits.",
    "You are a helpful agent. Use a tool when one fits, otherwise answer yourself.",
    "You are a {support|shop|service} agent. {Call|Use} the right tool.",
    "You help customers of {a|our} shop{| with tools}.",
    "Help the customer.{| Call a tool when it fits.}",
];

function definition(kind: ToolKind, param: ToolKind["params"][number], random: Random): ToolDefinition {
    const description = random.chance(0.85) ? { description: random.pick(param.descriptions) } : {};
    return { description: random.pick(kind.descriptions), params: { type: "object", properties: { [param.name]: { type: "string", ...description } } } };
}

/** "The status is shipped and the delivery is 2026-11-24." */
function described(result: Record<string, unknown>): string {
    const parts = Object.entries(result).map(([key, value]) => `the ${key.replace(/_/g, " ")} is ${value}`);
    const text = parts.length < 2 ? parts.join("") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
    return `${capitalize(text)}.`;
}

/** An agent of a shop with two to four tools that are easily confused: orders, stock, refunds, handbook. */
export function deskToolSample(random: Random): Sample {
    const kinds = random.chance(0.55) ? (["lookup", "stock", "refund"] as Kind[]) : random.sample(Object.keys(KINDS) as Kind[], random.int(1, 4));
    const chosen = random.shuffle(kinds).map((kind) => {
        const spec = KINDS[kind];
        const param = random.pick(spec.params);
        const name = random.chance(0.6) ? spec.names[0] : random.pick(spec.names);
        return { spec, param, name, definition: definition(spec, param, random) };
    });
    const tools = Object.fromEntries(chosen.map((tool) => [tool.name, tool.definition]));
    const system = random.chance(0.85) ? expand(random.pick(SYSTEMS), random) : systemPersona(random);
    if (random.chance(0.13)) {
        const [requests, answer] = random.pick(NO_TOOL);
        const user = addNoise(capitalize(expand(random.pick(requests), random)), random);
        return { task: "desk-no-tool", system, user, tools, answer, check: { kind: "exact", text: answer } };
    }
    // Names of articles are the hardest to copy, so they come more often.
    const tool = random.weighted(chosen.map((one) => [one, one.spec === KINDS.stock ? 2 : 1] as const));
    const value = tool.spec.value(random);
    const text = expand(random.pick(tool.spec.requests), random, { v: () => writtenNumber(value, random), t: () => article(random) });
    const polite = random.chance(0.3) ? random.pick(["Please ", "Hi, ", "Hello, ", "Can you help? ", "Hey, ", "Good morning, ", "Hello! ", "Quick question: "]) : "";
    const sentence = (/[?!] $|^$/.test(polite) && random.chance(0.85) ? capitalize(text) : text) + (random.chance(0.3) && !/[?.]$/.test(text) ? "." : "");
    const result = random.chance(0.06) ? { error: random.pick(["not found", "there is no such order", "unknown product", "timeout", "there is no order with this number"]) } : tool.spec.result(value, random);
    const answer = "error" in result ? `Sorry, that did not work: ${String(result.error)}.` : described(result);
    return {
        task: "desk-tool",
        system,
        user: `${polite}${sentence}`,
        tools,
        call: { name: tool.name, params: { [tool.param.name]: value }, result },
        answer,
        check: { kind: "contains", parts: Object.values(result).map(String) },
    };
}
