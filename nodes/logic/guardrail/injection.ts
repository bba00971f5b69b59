import type { Span } from "./finding.ts";

/**
 * Signs that a text tries to give a model orders of its own. They are stated rather than learned, so that a finding can be explained; whoever
 * rephrases gets past them, which is what the model's judgement is for.
 */
const SIGNS: Readonly<Record<string, readonly RegExp[]>> = {
  "ignore-instructions": [
    /\b(?:ignore|disregard|forget|override|bypass)\b[^.!?\n]{0,40}\b(?:instructions?|prompts?|rules?|guidelines?|directions?|orders?)\b/gi,
    /(?:忽略|无视|忘记|忘掉|不要理会|跳过)[^。！？\n]{0,20}(?:指令|指示|提示词?|规则|要求|设定)/g,
  ],
  "new-role": [
    /\b(?:you are now|from now on,? you|act as|pretend to be|roleplay as)\b[^.!?\n]{0,60}\b(?:dan|developer mode|jailbroken|unrestricted|unfiltered|without (?:any )?(?:rules|restrictions|limits)|no (?:rules|restrictions|limits))\b/gi,
    /\b(?:enable|enter|activate)\b[^.!?\n]{0,20}\b(?:developer|debug|god|dan|jailbreak) mode\b/gi,
    /(?:从现在起|现在开始)[^。！？\n]{0,10}你(?:是|将|要)[^。！？\n]{0,30}(?:没有|不受)[^。！？\n]{0,6}(?:限制|约束)/g,
  ],
  "reveal-prompt": [
    /\b(?:reveal|show|print|repeat|output|tell me|display)\b[^.!?\n]{0,40}\b(?:system prompt|system message|initial (?:prompt|instructions)|your (?:instructions|prompt|rules)|(?:text|words|everything) above)\b/gi,
    /(?:显示|输出|复述|重复|告诉我|打印)[^。！？\n]{0,16}(?:系统提示词?|系统消息|你的(?:指令|提示词?|规则)|以上(?:内容|全部))/g,
  ],
  "fake-markup": [
    /<\|(?:im_start|im_end|system|assistant|user|endoftext|start_header_id|end_header_id|eot_id)\|>/gi,
    /\[\/?INST\]|<<\/?SYS>>|<\/?system>/gi,
    /^\s*(?:#{1,3}\s*)?(?:system|assistant)\s*(?:prompt|message)?\s*:\s/gim,
  ],
  "hidden-text": [/[\u200B\u2060\u{E0020}-\u{E007E}]{3,}/gu, /[\u202A-\u202E\u2066-\u2069]{2,}/g],
};

/** Where a text shows signs of an injection, in the order of the text. */
export function findInjection(text: string): Span[] {
  const found = Object.entries(SIGNS).flatMap(([kind, patterns]) =>
    patterns.flatMap((pattern) =>
      [...text.matchAll(pattern)].map((match) => ({ kind, start: match.index, end: match.index + match[0].length })),
    ),
  );
  return found.toSorted((a, b) => a.start - b.start);
}
