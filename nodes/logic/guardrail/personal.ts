import { isAddress, isIban, isLuhn, isResidentId, isSocialSecurity } from "./checksums.ts";
import type { Span } from "./finding.ts";

export const PERSONAL_KINDS = ["email", "phone", "card", "iban", "national-id", "ip", "key"] as const;
export type PersonalKind = (typeof PERSONAL_KINDS)[number];

interface Sign {
  kind: PersonalKind;
  pattern: RegExp;
  /** What looks like it but fails this isn't it. */
  holds?(text: string): boolean;
  /** It may be followed by words that look like a part of it: the longest part that holds counts. */
  groups?: true;
}

/** Digits in groups, `+49 30 1234567`, `(030) 123-4567`: from seven to fifteen of them (E.164). */
function isPhone(text: string): boolean {
  const digits = text.replace(/\D/g, "").length;
  const isDate = /^\d{4}-\d{2}-\d{2}$/.test(text) || /^\d{1,2}[./]\d{1,2}[./]\d{2,4}$/.test(text);
  return digits >= 7 && digits <= 15 && !isDate;
}

/** Tried in this order; what an earlier one took, a later one doesn't see. Each pattern is linear: no repetition within a repetition. */
const SIGNS: readonly Sign[] = [
  { kind: "key", pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----[A-Za-z0-9+/=\s]*(?:-----END [A-Z ]*PRIVATE KEY-----)?/g },
  { kind: "key", pattern: /\beyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}/g },
  {
    kind: "key",
    pattern:
      /\b(?:sk-[A-Za-z0-9_-]{16,}|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|glpat-[A-Za-z0-9_-]{16,}|AKIA[A-Z0-9]{16}|xox[abprs]-[A-Za-z0-9-]{10,}|AIza[A-Za-z0-9_-]{30,}|hf_[A-Za-z0-9]{20,}|npm_[A-Za-z0-9]{30,}|[rs]k_(?:live|test)_[A-Za-z0-9]{16,})/g,
  },
  { kind: "key", pattern: /\b[Bb]earer\s+[A-Za-z0-9._~+/-]{20,}=*/g },
  {
    kind: "key",
    pattern: /\b(?:api[_-]?key|secret|password|passwd|token)["']?\s*[:=]\s*["']?[A-Za-z0-9._~+/-]{8,}/gi,
    holds: (text) => /\d/.test(text.replace(/^[^:=]*[:=]/, "")),
  },
  { kind: "email", pattern: /[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8}/g },
  { kind: "iban", pattern: /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]){11,30}\b/g, holds: isIban, groups: true },
  { kind: "national-id", pattern: /(?<!\d)\d{17}[\dXx](?![\dA-Za-z])/g, holds: isResidentId },
  { kind: "national-id", pattern: /(?<![\d-])\d{3}-\d{2}-\d{4}(?![\d-])/g, holds: isSocialSecurity },
  { kind: "card", pattern: /(?<![\d.])\d(?:[ -]?\d){12,18}(?![\d.]?\d)/g, holds: isLuhn },
  { kind: "ip", pattern: /(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)/g, holds: isAddress },
  { kind: "ip", pattern: /(?<![\w:.])[0-9a-fA-F]{0,4}(?::[0-9a-fA-F]{0,4}){2,7}(?![\w:.])/g, holds: isAddress },
  // Behind a digit and a space, digits are rather a part of a longer number.
  { kind: "phone", pattern: /(?<![\w.+-]|\d )1[3-9]\d{9}(?!\d)/g },
  {
    kind: "phone",
    pattern: /(?<![\w.+-]|\d )(?:\+|00)[1-9]\d{0,2}(?:[ ./-]?\(?\d{1,5}\)?){2,7}(?!\d)/g,
    holds: isPhone,
  },
  { kind: "phone", pattern: /(?<![\w.+-]|\d )\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?!\d)/g, holds: isPhone },
  { kind: "phone", pattern: /(?<![\w.+-]|[\d)] )\(?0[1-9]\d{0,3}\)?(?:[ /-]\d{2,8}){1,4}(?!\d)/g, holds: isPhone },
];

/** Where a text holds personal data or keys, in the order of the text. Numbers with check digits count only where these fit. */
export function findPersonal(text: string, kinds: readonly PersonalKind[] = PERSONAL_KINDS): Span[] {
  const found: Span[] = [];
  for (const sign of SIGNS) {
    if (!kinds.includes(sign.kind)) continue;
    for (const match of text.matchAll(sign.pattern)) {
      const length = lengthOf(sign, match[0]);
      const span = { kind: sign.kind, start: match.index, end: match.index + length };
      if (length > 0 && !found.some((other) => overlap(span, other))) found.push(span);
    }
  }
  return found.toSorted((a, b) => a.start - b.start);
}

/** How much of a match is one: 0 for none of it. */
function lengthOf(sign: Sign, match: string): number {
  if (!sign.holds || sign.holds(match)) return match.length;
  const shorter = sign.groups ? match.lastIndexOf(" ") : -1;
  return shorter > 0 ? lengthOf(sign, match.slice(0, shorter)) : 0;
}

const overlap = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;
