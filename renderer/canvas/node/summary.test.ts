import { describe, expect, it } from "vitest";
import { markdownBlocks } from "../../inspector/markdown.tsx";
import { templatePieces } from "../../inspector/template/highlight.tsx";
import { plainSummary, summaryPieces } from "./summary.tsx";

describe("a summary", () => {
  it("is taken apart into words, bold words and references", () => {
    expect(summaryPieces("Asks **demo** for {{ a.b }}, then")).toEqual([
      { kind: "text", text: "Asks " },
      { kind: "bold", text: "demo" },
      { kind: "text", text: " for " },
      { kind: "reference", text: "a.b" },
      { kind: "text", text: ", then" },
    ]);
    expect(summaryPieces("{{ open")).toEqual([{ kind: "text", text: "{{ open" }]);
  });

  it("is a plain sentence where no marks can be drawn", () => {
    expect(plainSummary("For each of {{ fetch.items }}, **3** at a time")).toBe("For each of fetch.items, 3 at a time");
  });
});

describe("a template field's highlight", () => {
  it("takes exactly the room of the text", () => {
    const text = "Hi {{ a }} and {{ b.c }}{{ open";
    expect(
      templatePieces(text)
        .map((piece) => piece.text)
        .join(""),
    ).toBe(text);
    expect(templatePieces(text).filter((piece) => piece.reference)).toHaveLength(2);
  });
});

describe("Markdown", () => {
  it("knows paragraphs, lists with continued lines, headings and fenced code", () => {
    expect(markdownBlocks("# Title\none\ntwo\n\n- a\n  more\n- b\n\n1. first\n\n```ts\nlet x\n```\n")).toEqual([
      { kind: "heading", text: "Title" },
      { kind: "text", text: "one two" },
      { kind: "list", ordered: false, items: ["a more", "b"] },
      { kind: "list", ordered: true, items: ["first"] },
      { kind: "code", text: "let x" },
    ]);
  });
});
