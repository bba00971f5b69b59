import { describe, expect, it } from "vitest";
import { ERROR_CATALOG, formatMessage, isErrorCode } from "./catalog.ts";
import type { CatalogEntry } from "./entry.ts";

const rows = Object.entries(ERROR_CATALOG) as [string, CatalogEntry][];
/** The places of a sentence. A part that is itself words stands in each language under its own name: `{reason}`, `{reasonZh}`. */
const places = (sentence: string): string[] =>
  [...new Set(sentence.match(/\{\w+\}/g) ?? [])].map((place) => place.replace(/Zh\}$/, "}")).toSorted();

describe("the error catalogue", () => {
  it.each(rows)("%s says the same in both languages", (_, { en, zh }) => {
    expect(zh).toMatch(/[\u4e00-\u9fff]|^\{|^“\{/);
    const own = (sentence: string): string[] =>
      places(sentence).filter((place) => place !== "{en}" && place !== "{zh}");
    expect(own(zh)).toEqual(own(en));
  });

  it.each(rows)("%s has a status that HTTP knows", (_, { status }) => {
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(600);
  });

  it("fills places, and leaves one without a value visible", () => {
    expect(formatMessage("en", "flow.key-taken", { key: "a" })).toContain("“a”");
    expect(formatMessage("en", "flow.key-taken")).toContain("{key}");
    expect(isErrorCode("toString")).toBe(false);
  });
});
