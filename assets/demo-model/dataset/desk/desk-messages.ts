import { addNoise } from "../noise.ts";
import type { Random } from "../random.ts";
import { capitalize, expand } from "../template.ts";
import { values } from "../values.ts";
import { coinedWord } from "./coined-words.ts";

/** What a customer of an online shop writes about. */
export type DeskTopic = "billing" | "shipping" | "technical";
export const DESK_TOPICS: readonly DeskTopic[] = ["billing", "shipping", "technical"];

/** Sentences that carry the topic. `$thing` is an article, `$when` a time, `$money` an amount, `$who` a person, `$place` a town. */
const CORES: Record<DeskTopic, readonly string[]> = {
    billing: [
        "{I|we} {think|believe} {I|we} {was|were} charged {wrongly|too much|the old price}{|, please look into it}",
        "{a|the} copy of {the|my} {receipt|invoice|bill} {would be nice|is needed|please}",
        "{my|the} {discount|voucher|coupon|student discount|promo code} {did not work on|is missing from|was forgotten in} {the bill|my payment|my purchase|the total}",
        "{you|your shop} {owe|owes} me {$money|money|the difference}{|, please transfer it| back}",
        "{why|how} {is|was} there {a fee|an extra charge|a surcharge|a service fee}{| of $money} {on|in} {my bill|the invoice|my statement}{?|}",
        "{can|could|may} {I|we} {still |}{pay|settle it} {by bank transfer|with another card|in cash|by invoice}{?|}",
        "{my|the} payment {went through|was taken|is gone} but {the shop|your system|the page} says {unpaid|not paid|it failed}",
        "{I|we} {paid|was charged|have been billed} {twice|two times|three times|double} for {the same thing|the $thing|one purchase}",
        "{my bank|PayPal|my card statement} {shows|lists} {two|three|several} {payments|debits|charges} {to you|from your shop}{| of $money}",
        "{a|one} {payment|debit|charge} of $money {appeared|turned up|was made} {on my statement|on my account|$when} {that I don't recognise|without my consent|and I don't know why}",
        "{the|your} {invoice|bill|receipt} {I got|in my mailbox|you sent} {has|shows} {the wrong|an incorrect|another} {amount|total|company name|tax number|address}",
        "{please|could you|can you} {send|mail|resend} {me|us} {a|an|the} {invoice|receipt|bill|credit note} {for|about} {my|the last|this} {purchase|payment|$thing}{?|}",
        "I {would like|want|need} {my money|the $money|the amount} {back|refunded|returned}{| to my card| to my bank account}",
        "{where|what happened to} {is |}{my|the} {refund|money|repayment}{ for the $thing|}{?|}",
        "the {refund|repayment|money} {you promised|for the $thing|from $when} {has not|hasn't|never} {arrived|been paid|shown up}{| on my account| yet}",
        "{how long|when|how many days} {does it take until|until|before} {the refund|my money} {is paid|is back|reaches my account}{?|}",
        "{why|how come} {did|do} {I|we} {pay|have to pay} {a|an|the} {fee|surcharge|extra $money|handling fee} {on top|for the payment|at all}{?|}",
        "the {price|total|sum} {on the bill|that was debited|I paid} is {higher|more} than {in the shop|in the advert|on the product page|agreed}",
        "{the|my} {voucher|coupon|discount code|gift card} {was not|wasn't} {taken off|deducted|counted|accepted} {from|on} the {bill|total|price}",
        "you {debited|deducted|withdrew|took} {$money|too much|money} {from|off} my {account|card|bank}{| by mistake| without asking| $when}",
        "{I|we} {got|received} a {payment reminder|dunning letter|warning} {although|but} {I|we} {paid|settled the bill} {$when|long ago|on time}",
        "{can|could|may} I {pay|settle this} {in instalments|in three parts|by bank transfer|later|next month}{?|}",
        "{my|the} {card|credit card|bank card|payment} {was|got|keeps getting} {refused|declined|rejected} {although|but} {the money was taken|there is enough money on it|it works elsewhere}",
        "{what|which} {bank details|account number|payment reference} {should|do} I {use|need} {for the transfer|to pay}{?|}",
        "the {VAT|tax|sales tax} {on the bill|on my invoice} {is missing|is wrong|seems too high}",
        "{please|I want to|I'd like to} {cancel|end|stop} {my|the} {subscription|membership|monthly payment|plan}{|, I am still being billed|, the fee was debited again}",
        "{the|my} {subscription|membership|yearly fee} {was|got} {renewed|charged|billed} {again|without notice|although I cancelled}",
        "{I|we} {was|were} {overcharged|charged too much|billed $money too much}{| for the $thing}",
        "{I|we} {returned|sent back} the $thing but {the money|$money} {is|was} {still not|not} {refunded|on my account|paid back}",
        "{do you|can you} {accept|take} {American Express|bank transfer|purchase on account|PayPal}{?|}",
        "{our|my} {accounting|tax office|boss} {needs|asks for} {an invoice|a proper bill|a receipt} {with|showing} {the VAT|our company name|the tax number}",
        "{I|we} {only got|was only given} {half|part} of {the money|the refund} {back|}",
        "{please correct|there is a mistake in} {the|my} {bill|invoice|statement}: {the amount|the sum|the quantity} is {wrong|too high|not right}",
    ],
    shipping: [
        "{where's|where is|where are} my {stuff|things|goods|purchase}{?|} {it|they} {was|were} {meant|supposed} to {be here|come|arrive} {$when|on $day}",
        "{the|my} {box|parcel|delivery} {was|got} {left|put} {in front of|at} the wrong {door|house|building}",
        "{please|could you} {deliver|bring|send} {it|the parcel|my $thing} to my {office|neighbour|new flat|work} {instead|this time}",
        "{nothing|still nothing} {arrived|came|has come} {so far|until now|yet}{|, and it's been $count days|, it's been two weeks}",
        "{$count|two|three|some} of the {plates|cups|books|glasses} {in my delivery |in the box |}{are missing|did not come|were not in there}",
        "the {carrier|courier|post office} {says|told me} {they|it} {never got|lost|returned} {it|my parcel}",
        "{where|where on earth} is {my|our|the} {parcel|package|$thing|delivery|shipment}{?|}",
        "{my|the|our} {parcel|package|$thing|delivery} {has not|hasn't|never|still hasn't} {arrived|turned up|come|been delivered}{| yet}",
        "{I|we} {am|are|have been} {still |}waiting for {my|the|our} {$thing|parcel|package|delivery}{| since $when| for weeks| for ten days}",
        "{when|on which day|what day} {will|does|is} {my|the} {$thing|parcel|package|delivery} {arrive|get here|come|be delivered}{?|}",
        "{the|your} {courier|driver|postman|delivery man|carrier} {left|dropped|threw} {it|the parcel|the box} {at the wrong house|in the rain|with a neighbour|over the fence}",
        "{the|your} {courier|driver|carrier|delivery service} {never|didn't} {rang|came|showed up|called}{| although I was at home}",
        "{it|the tracking|the status} {says|shows|claims} {delivered|it was delivered|it was handed over} but {I have nothing|there is no parcel|nobody got it|my mailbox is empty}",
        "the tracking {number|link|code|page} {shows nothing new|has not changed|is stuck|has had no update} {since $when|for days|for a week}",
        "{the|my} {parcel|package|shipment} {is|seems} {stuck|held up|lying} {at customs|in $place|in the depot|at the border}",
        "{the|my} {parcel|box|package} {came|arrived|got here} {open|crushed|wet|torn|empty|with a hole in it}",
        "{one|two|some|a few} {items|articles|things|pieces} {is|are|were} {missing|not} {from|in} the {box|parcel|package|delivery}",
        "{only|just} {half|a part|one} of {my|the} {things|items|articles} {came|arrived|was in the box}",
        "{please|can you|could you} {send|deliver|ship|bring} it to {another address|my office|my neighbour|a pickup point|$place}{| instead}{?|}",
        "{I|we} {moved|am moving|have a new address}, {please|can you} {change|update|correct} the {delivery|shipping} address{?|}",
        "{you|they} {delivered|shipped|sent} {it|the $thing|my things} to {the wrong|my old|somebody else's} {address|house|street|flat}",
        "{has|was} {my|the} {$thing|parcel|package} {been |}{sent|shipped|dispatched|posted} {already|yet}{?|}",
        "{it|the delivery|my parcel} is {late|overdue|delayed}{|: it should have come $when|, you promised $when}",
        "{how long|how many days} {does|will} {the delivery|shipping|it} {take|need}{| to $place}{?|}",
        "{could|can} {you|the courier} {deliver|bring it|come} {in the evening|on $when|again|earlier}{?|}",
        "{I|we} {was|were} not at home, {where can I pick it up|when do they come again|who has the parcel now}{?|}",
        "{you|the shop} sent {me |}the wrong {size|colour|article|$thing}",
        "{the|my} {parcel|package} {seems|must be|is} {lost|gone|missing}{| on the way}",
        "{what|which} {carrier|delivery service|courier} {do you use|brings it|has my parcel}{?|}",
        "the {pickup|collection} {point|station|shop} {has no parcel for me|was closed|sent it back}",
        "{it|my purchase|everything} {still says|is still} {in preparation|processing|preparing|waiting for dispatch}{| since $when}",
        "{do|can} you {ship|send|deliver} {the $thing |}to {$place|an island|another country}{?|}",
    ],
    technical: [
        "{error|status|code} $code {when|every time} I {click|tap|open|go to} {my profile|the basket|a product|settings}",
        "{the|all} {pictures|photos|images|videos} {on|of} the {product pages|website|shop} {do not|don't|won't} {load|show|appear}",
        "{filtering|sorting|searching|zooming} {by size|by price|by colour|on the map} {does nothing|shows no results|is broken|doesn't work}",
        "{the|your} {website|shop|app} {keeps telling me|always says|tells me} {my session expired|to log in again|that I am offline}",
        "{I|we} {can't|cannot} {upload|attach|send} {a picture|a photo|files} in the {review|contact|return} form",
        "{the|your} {app|website|page|shop|site} {crashes|freezes|hangs|shuts down|stops} {when I|as soon as I|every time I} {open it|scroll|log in|add something to the basket|tap a picture}",
        "{I|we} {get|see|keep seeing} {an error|error $code|a message with code $code|a strange error} {when I|after I|as soon as I} {log in|pay|save|open my profile|press send}",
        "{the|your} {checkout|login|product|search|start} {page|form|screen} {does not load|stays white|is blank|never finishes loading|is broken}",
        "{I|we} {can't|cannot|am unable to|am not able to} {log in|sign in|open my account|reset my password|register}{|, it says error|, nothing happens}",
        "{the|my} {password|login|account} {reset|recovery} {mail|email|link|code} {does not come|never comes|doesn't work|has expired}",
        "{the|that} {button|menu|link|slider|field} {for payment|at the bottom|on the product page|to save} {does nothing|doesn't react|is dead|doesn't work}",
        "{nothing happens|it just spins|the page reloads|it jumps back} when I {click|press|tap} {on buy|save|the basket|continue|login}",
        "{the|your} {search|filter|sorting|map} {finds nothing|is broken|shows the wrong things|doesn't work|gives an error}",
        "{since|after} the {last|new|latest} {update|version} {the app|everything|the site} {is slow|is broken|crashes|looks wrong}",
        "{the|your} {site|app|page|shop} is {very|terribly|so} slow {today|on my phone|in the evening}",
        "{pictures|images|photos|videos} {don't load|are missing|stay grey|are not shown}{| in the app| on my tablet}",
        "{I|we} {tried|have tried} {two|three|different} {browsers|phones|computers|devices} and {it still doesn't work|always get the same error|nothing changes}",
        "my {basket|cart|wish list} is {always |suddenly |}{empty|gone|lost} {after I log in|when I come back|after the update}",
        "{the|your} {app|program} {won't|does not|doesn't} {start|open|install|update}{| on my phone| any more}",
        "{I|we} {get|am} {logged out|thrown out|kicked out} {all the time|every few minutes|again and again}",
        "{the|my} {screen|display|page} {goes black|turns white|flickers|is frozen}{| in the middle of it}",
        "{the|your} {form|page} {doesn't accept|refuses|rejects} {my email|my postcode|my phone number|the captcha}",
        "{the|this} {link|page} {leads nowhere|shows 404|is dead|says not found}",
        "{uploading|attaching|sending} {a photo|a file|a picture} {fails|does not work|ends with an error}",
        "{the|your} {chat|bot|notifications|push messages} {doesn't|don't} {work|open|answer|come}",
        "{there is|I found|you have} a {bug|glitch|mistake} {in the app|on the website|in the size menu|in the account page}",
        "{two factor|the security|the confirmation} code {is not accepted|never arrives|is always wrong}",
        "{everything|the text|half of it} {is in another language|looks garbled|overlaps|is unreadable} {on the website|in the app}",
        "{it says|the site says|I always read} {something went wrong|please try again later|internal error|connection lost|session expired}",
        "{the|my} {account|profile|order history} page {is empty|shows an error|does not open|crashes}",
        "{I|we} {cleared the cache|reinstalled it|restarted the phone} but {it|the app} {still crashes|is still broken|does the same}",
    ],
};

const OPENERS = ["", "", "", "Hi, ", "Hello, ", "Hello there, ", "Good morning, ", "Dear team, ", "Hey, ", "Please help: ", "Hi team! "];
const ASIDES = [
    "", "", "", "", "Please help.", "Thanks.", "Can you check?", "This is urgent.", "What can I do?", "I am quite annoyed.", "Thank you in advance.",
    "Nobody answers the phone.", "I waited $count days.", "I called $count times.", "It should be $money less.", "I paid $money.", "My phone is from 20$two.", "I live at number $count.", "I am a regular customer.", "Regards, $who", "Best, $who", "It is for my daughter.", "I already wrote $when.", "Please answer soon.",
];
const WHENS = ["yesterday", "last week", "two weeks ago", "on $day", "last $day", "in $month", "this morning", "on the weekend", "three days ago", "a month ago"];

const ADJECTIVES = "red blue green black white grey small large light warm old new folding wooden steel leather cotton wool silver yellow".split(" ");
const NOUNS = (
    "tent,jacket,lamp,mug,blanket,stove,backpack,chair,table,bottle,knife,pan,kettle,sleeping bag,pair of boots,hat,scarf,shirt,dress,bike,helmet,mattress,shelf,rug,clock," +
    "poster,book,game,toy,drill,saw,hammer,bowl,plate,cup,pillow,towel,curtain,mirror,bag,wallet,belt,watch,ring,phone case,charger,cable,speaker,headset,monitor,keyboard,rope,compass,torch,cooler,grill,hammock"
).split(",");

const MODIFIERS = (
    "camping hiking cooking running travel garden winter summer kitchen office baby sports garden beach gaming reading wall desk floor hand head table bed bath dog cat fire water air party school work " +
    "double single mini maxi soft hard waterproof electric solar portable foldable heavy light thin thick round square striped plain premium basic classic modern vintage magnetic wireless digital"
).split(" ");

/** An article of a shop, often one that no list holds. */
export function article(random: Random): string {
    const noun = random.chance(0.25) ? coinedWord(random) : random.pick(NOUNS);
    return random.weighted<() => string>([
        [() => noun, 4],
        [() => `${random.pick(ADJECTIVES)} ${noun}`, 3],
        [() => `${random.pick(MODIFIERS)} ${noun}`, 4],
        [() => `${random.pick(ADJECTIVES)} ${random.pick(MODIFIERS)} ${noun}`, 1],
        [() => `${coinedWord(random)} ${noun}`, 3],
    ])();
}

/** Numbers as shops give them; mostly plain digits. */
export function deskOrderNumber(random: Random): string {
    const length = random.int(3, 7);
    const digits = String(random.int(10 ** (length - 1), 10 ** length - 1));
    return random.chance(0.8) ? digits : random.pick(["ORD-", "A-", "SO-", "B", "R"]) + digits;
}

/** How people write a number: often with a sign that isn't part of it. */
export const writtenNumber = (number: string, random: Random): string =>
    /^[0-9]/.test(number) && random.chance(0.15) ? `#${number}` : number;

/** Ways to name an order: inside a sentence before or after its core, or as a sentence of its own. */
const BEFORE = ["for order $o, ", "order $o: ", "about order $o: ", "my order $o: ", "it's about $o. ", "order number $o. ", "(order $o) ", "ref $o - "];
const AFTER = [" (order $o)", ", order $o", " for order $o", ", order number $o", " in order $o", " of order $o", " - order $o", ", my order is $o", " with order $o", ". Order: $o", ". The order is $o", ". My order number is $o", " ($o)", ", number $o", ", it's order no. $o"];
const BETWEEN = ["Order $o.", "It is order $o.", "Order number: $o.", "My order number is $o", "The number is $o.", "Order no $o.", "$o is my order.", "I ordered it as $o.", "See order $o please."];

export interface DeskMessage {
    text: string;
    topic: DeskTopic;
    /** Null where the message names none. */
    order: string | null;
}

export function deskMessage(random: Random, topic: DeskTopic = random.pick(DESK_TOPICS)): DeskMessage {
    const slots = {
        thing: () => article(random),
        who: () => values.fullName(random),
        place: () => values.city(random),
        money: () => values.amount(random),
        count: () => values.count(random),
        two: () => values.count(random, 15, 26),
        code: () => String(random.pick([400, 403, 404, 500, 502, 503, random.int(10, 999)])),
        day: () => values.weekday(random),
        month: () => values.month(random),
        when: () => expand(random.pick(WHENS), random, { day: () => values.weekday(random), month: () => values.month(random) }),
    };
    const write = (template: string) => expand(template, random, slots);
    const sentences = [write(random.pick(CORES[topic]))];
    if (random.chance(0.25)) sentences.push(write(random.pick(CORES[topic])));
    const order = random.chance(topic === "technical" ? 0.3 : 0.62) ? deskOrderNumber(random) : null;
    if (order !== null) placeOrder(sentences, writtenNumber(order, random), random);
    const aside = write(random.pick(ASIDES));
    if (aside !== "") sentences.push(aside);
    const joined = sentences.map((sentence) => ended(capitalize(sentence), random)).join(" ");
    const opener = random.pick(OPENERS);
    const text = opener + (opener.endsWith(", ") ? joined.charAt(0).toLowerCase() + joined.slice(1) : joined);
    // Noise may change letters, so it is kept away from values that must be copied.
    return { text: order === null || /^[0-9]+$/.test(order) ? addNoise(text, random) : text, topic, order };
}

/** In the middle of a sentence, where nothing but the look of the number tells what it is. */
const INSIDE = ["for $o", "for order $o", "order $o", "$o", "of $o", "with number $o", "(order $o)", "(no. $o)", "in order $o", "about $o", "from order $o", "to order $o"];

function placeOrder(sentences: string[], order: string, random: Random): void {
    const write = (templates: readonly string[]) => random.pick(templates).replace("$o", order);
    const parts = sentences[0].split(" ");
    if (parts.length > 4 && random.chance(0.45)) {
        parts.splice(random.int(2, parts.length - 1), 0, write(INSIDE));
        sentences[0] = parts.join(" ");
        return;
    }
    if (random.chance(0.35)) sentences[0] = write(BEFORE) + sentences[0];
    else if (random.chance(0.65)) sentences[0] = withAfter(sentences[0], write(AFTER));
    else sentences.splice(random.int(0, sentences.length), 0, write(BETWEEN));
}

const withAfter = (sentence: string, tail: string) =>
    sentence.endsWith("?") ? `${sentence.slice(0, -1)}${tail}?` : sentence + tail;

function ended(sentence: string, random: Random): string {
    return /[.!?]$/.test(sentence) ? sentence : sentence + random.weighted([[".", 8], ["!", 1], ["", 0.5]]);
}
