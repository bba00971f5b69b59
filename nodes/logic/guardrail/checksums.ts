/** The check digit of card numbers (ISO/IEC 7812, Luhn): every second digit from the right doubled, the sum a multiple of ten. */
export function isLuhn(text: string): boolean {
  const digits = text.replace(/\D/g, "");
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    const digit = Number(digits[digits.length - 1 - place]);
    const counted = place % 2 === 0 ? digit : digit * 2;
    sum += counted > 9 ? counted - 9 : counted;
  }
  return digits.length > 0 && sum % 10 === 0;
}

/** The check digits of bank accounts (ISO 13616): country and digits to the end, letters as 10 to 35, the rest by 97 is 1. */
export function isIban(text: string): boolean {
  const compact = text.replace(/\s/g, "").toUpperCase();
  if (!/^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/.test(compact)) return false;
  const moved = compact.slice(4) + compact.slice(0, 4);
  let rest = 0;
  for (const character of moved) {
    const value = Number.parseInt(character, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/** The number of a Chinese resident (GB 11643): a date of birth inside, the last character a check by 11 (X is ten). */
export function isResidentId(text: string): boolean {
  if (!/^\d{17}[\dX]$/i.test(text) || !isDate(text.slice(6, 14))) return false;
  const sum = ID_WEIGHTS.reduce((total, weight, place) => total + weight * Number(text[place]), 0);
  return "10X98765432"[sum % 11] === text[17]!.toUpperCase();
}

function isDate(text: string): boolean {
  const [year, month, day] = [Number(text.slice(0, 4)), Number(text.slice(4, 6)), Number(text.slice(6))];
  const date = new Date(Date.UTC(year, month - 1, day));
  return year >= 1900 && year <= 2100 && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** A social security number of the United States: areas 000, 666 and from 900, group 00 and serial 0000 are never given. */
export function isSocialSecurity(text: string): boolean {
  const [area, group, serial] = text.split("-");
  return area !== "000" && area !== "666" && Number(area) < 900 && group !== "00" && serial !== "0000";
}

/** Four numbers up to 255, or groups of hexadecimal digits with at most one gap. */
export function isAddress(text: string): boolean {
  if (!text.includes(":")) return text.split(".").every((part) => Number(part) <= 255);
  const gaps = text.split("::").length - 1;
  const groups = text.split(":").filter((part) => part !== "");
  return (
    gaps <= 1 && groups.every((part) => part.length <= 4) && (gaps === 1 ? groups.length < 8 : groups.length === 8)
  );
}
