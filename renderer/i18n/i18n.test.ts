import { describe, expect, it } from "vitest";
import { browserLanguage } from "./index.ts";
import { en, zh } from "./resources.ts";

/** Plural forms differ by language: English has `_one` and `_other`, Chinese `_other` alone. */
const PLURAL = /_(zero|one|two|few|many|other)$/;

function leaves(value: unknown, path = ""): [path: string, text: unknown][] {
  if (typeof value !== "object" || value === null) return [[path, value]];
  return Object.entries(value).flatMap(([key, child]) => leaves(child, path ? `${path}.${key}` : key));
}

const keys = (value: unknown): string[] => [...new Set(leaves(value).map(([path]) => path.replace(PLURAL, "")))].sort();

const places = (text: unknown): string[] =>
  [...String(text).matchAll(/\{\{\s*(\w+)/g)].map((match) => match[1]!).sort();

describe("the interface's words", () => {
  it("has the same keys in English and Chinese", () => {
    expect(keys(zh)).toEqual(keys(en));
  });

  it.each([
    ["English", en],
    ["Chinese", zh],
  ])("has no empty text in %s", (_name, words) => {
    const empty = leaves(words).filter(([, text]) => typeof text !== "string" || text.trim() === "");
    expect(empty).toEqual([]);
  });

  it("fills the same places in both languages", () => {
    const chinese = new Map(leaves(zh).map(([path, text]) => [path, places(text)]));
    const different = leaves(en)
      .filter(([path]) => !path.endsWith("_one"))
      .filter(([path, text]) => places(text).join() !== (chinese.get(path) ?? []).join())
      .map(([path]) => path);
    expect(different).toEqual([]);
  });
});

describe("the first language", () => {
  it("is the first of the browser's languages that the studio speaks", () => {
    expect(browserLanguage(["fr-FR", "zh-TW", "en-US"])).toBe("zh");
    expect(browserLanguage(["en-GB", "zh-CN"])).toBe("en");
    expect(browserLanguage(["de"])).toBe("en");
    expect(browserLanguage([])).toBe("en");
  });
});
