import type { Random } from "../random.ts";
import type { Sample } from "../sample.ts";
import { capitalize, expand } from "../template.ts";
import { values } from "../values.ts";
import { coinedWord } from "./coined-words.ts";
import { article } from "./desk-messages.ts";

/**
 * Quoting one passage. Copying is what counts, so the passages are made to be as unlike each other as a generator can: sentences of
 * shops and companies, sentences of random words, numbers, addresses, invented names.
 */
const SENTENCES = [
    "{You|Customers|Members|Guests} can {return|send back|exchange|borrow|rent|order|collect|repair|book|cancel} {a|an|every|the} $thing {within|for|in|up to} $count {days|weeks|hours|months|minutes}",
    "{The|Our|A} $thing {costs|is sold for|can be rented for|is available for} $money{| per day| per month| each| and year}",
    "{To|If you want to} {change|delete|find|open|update|download|cancel} {your|the} {$noun|$thing}, {open|go to|click|choose|write to|call} {$Word|the $noun|$mail|Settings|Account and $Word}",
    "{We|Our team|The workshop|The office} {is|are} {open|closed|there} {from|between} $time {to|and} $time {on $day|every day|on weekdays|in $month}",
    "{We|Our drivers|Our shops} {deliver|ship|send things|come} to {$place, $place and $place|all of $place|$place and to $place}",
    "{Our|The} {phone number|hotline|fax} {is|of the $noun is} $phone",
    "{The|Our} {shop|office|store|museum|workshop|library} {is|can be found} {at|in} $count $Word {Street|Road|Square|Lane} {in|,} $place",
    "{Every|Each|Any} $thing {has|comes with|needs} a {warranty|guarantee|deposit|discount} of $count {years|months|percent|EUR}",
    "{$Word|Students|Teachers|Members|Children|Dogs} {get|pay|receive|need} {a discount of $count percent|$money|$count points|nothing|a ticket}",
    "{You get|We give|There are} $count {points|stars|coupons|stamps} for {every|each} {euro|dollar|visit|$thing|review}",
    "{You can|Please|Guests may} pay {by|with} {card|cash|invoice|bank transfer|$Word}{|, by $noun} {or|and} {by|with} {card|$noun|voucher|cheque}",
    "{If|When} {a|the|your} {$thing|parcel|$noun} {is|arrives|gets} {broken|late|damaged|lost|wet}, {send us|write|show} {a photo|an email|the receipt|$mail} within $count {days|hours}",
    "{A|The} {form|link|list|map|code} {is|can be found|stands} {in the email|on the $noun|under $Word|at the $noun|on the back}",
    "{$Word and $Word|The manager|Ms $Word|Mr $Word} {is|are} responsible for {the $noun|$thing orders|$place}",
    "{Gift cards|Tickets|Coupons|Passes|Points} are valid {for|until} {$count years|$date|$count months}",
    "{Deliveries|Returns|Meetings|Tours|Payments} {take|need|last|start after} $count {working days|days|hours|weeks}",
    "{The|Each} $noun {must|should|may|can} {not |}be {$verb|$verb and $verb} {before|after|without|during} the $noun",
    "$words",
    "$words",
    "$words",
    "The $words",
    "{If|When} $words, $words",
];
const VERBS = "opened closed cleaned used moved sold sent washed copied signed printed stored checked paid packed changed".split(" ");
const WORDS = (
    "house garden river school market window door light water paper letter number price order parcel return refund invoice account password email phone card bank shop store customer staff team manager " +
    "summer winter morning evening week month year hour minute city street bridge train bus car bike road ticket seat room hotel kitchen table chair cup plate bread cheese apple soup coffee tea sugar salt " +
    "music film book story picture photo camera screen button page link form list map code key lock box bag bottle jacket shoe hat coat dress tent stove rope knife wood stone metal glass leather cotton wool " +
    "dog cat horse bird fish tree flower grass rain snow wind sun moon star sky sea lake island mountain forest field farm village castle church tower museum library theatre office factory workshop station " +
    "red blue green black white yellow small large long short old new young warm cold fast slow quiet loud clean dirty empty full open closed early late free safe soft hard heavy light dark bright simple " +
    "open close send bring take give find keep hold turn move start stop wait call write read show tell ask answer help need want like know think look see hear feel use make build repair wash cook eat drink sell buy pay cost " +
    "and or with without for from to in on at by of under over after before between during until about into than then when where who what which how why because although if while also only never always often again soon still very quite " +
    "you we they it this that these those every each some many few all both other same first second third last next your our their my his her a an the is are was were be has have had can may must should will would"
).split(" ");
const NOUNS = WORDS.slice(0, 150);

function words(random: Random): string {
    return Array.from({ length: random.int(3, 11) }, () =>
        random.weighted<() => string>([
            [() => random.pick(WORDS), 8],
            [() => coinedWord(random), 3],
            [() => values.invented(random, 2), 0.5],
            [() => values.amount(random), 0.3],
            [() => String(random.int(1, 5000)), 0.5],
        ])(),
    ).join(" ");
}

function sentence(random: Random): string {
    const text = expand(random.pick(SENTENCES), random, {
        thing: () => article(random),
        noun: () => (random.chance(0.25) ? coinedWord(random) : random.pick(NOUNS)),
        Word: () => (random.chance(0.4) ? capitalize(random.pick(NOUNS)) : capitalize(coinedWord(random))),
        verb: () => (random.chance(0.2) ? coinedWord(random) : random.pick(VERBS)),
        count: () => values.count(random, 1, 60),
        money: () => values.amount(random),
        time: () => values.time(random),
        day: () => values.weekday(random),
        month: () => values.month(random),
        date: () => values.date(random),
        place: () => values.city(random),
        phone: () => values.phone(random),
        mail: () => values.email(random),
        words: () => words(random),
    });
    return `${capitalize(text)}.`;
}

const QUESTIONS = [
    "{how|where|when|why} {can|do|should|must} {I|we|you} {$verb|$words}?",
    "{is|are|was|does|do} {the|my|your|it|there} $words?",
    "{what|which|how much|how many|how long|who} {is|are|does|do|costs} $words?",
    "{can|may|could} I {get|have|use|see|return|order|pay} {the|a|my|with} $words?",
    "$words",
    "{tell me about|I need|please explain|I want to know} $words",
];

const INSTRUCTION = "Quote the passage that answers the question, with its number.";

/** One passage, one question: the answer is the passage, word for word, and its number. */
export function deskQuoteSample(random: Random): Sample {
    const passage = random.chance(0.75) ? sentence(random) : `${sentence(random)} ${sentence(random)}`;
    const topic = passage.replace(/[.,]/g, "").split(" ");
    // Questions share words with their passage, as they do after a search.
    const asked = expand(random.pick(QUESTIONS), random, {
        verb: () => random.pick(topic).toLowerCase(),
        words: () => Array.from({ length: random.int(1, 5) }, () => (random.chance(0.5) ? random.pick(topic).toLowerCase() : random.pick(WORDS))).join(" "),
    });
    const question = random.chance(0.7) ? capitalize(asked) : asked;
    return {
        task: "desk-quote",
        system: INSTRUCTION,
        user: `[1] ${passage}\n\nQuestion: ${question}`,
        answer: `${passage} [1]`,
        check: { kind: "exact", text: `${passage} [1]` },
    };
}
