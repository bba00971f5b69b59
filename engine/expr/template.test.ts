import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileTemplate } from "./compile.ts";
import { parseTemplate, slotsOf } from "./template.ts";

const scope = { a: { text: "hi", n: 2, none: null, list: [1, "x"], object: { k: true } } };
const render = (text: string, typed = false) => compileTemplate(text, { typed })(scope);

describe("templates", () => {
  it.each([
    ["", ""],
    ["plain words", "plain words"],
    ["{{ a.text }}", "hi"],
    ["Say {{a.text}}, {{ a.n + 1 }} times!", "Say hi, 3 times!"],
    ["nothing: {{ a.none }}{{ a.missing }}.", "nothing: ."],
    ["{{ a.list }} {{ a.object }}", '[1,"x"] {"k":true}'],
    ["{{ '{{' }} stays, {{ '}}' }} too", "{{ stays, }} too"],
    ["{ a } and } are plain", "{ a } and } are plain"],
    [`{{ {"k": {"deep": 1}}.k.deep }}`, "1"],
    ["{{ a.text == 'it}}' ? 1 : \"no}}\" }}", "no}}"],
    ["{{\n  a.text\n}}", "hi"],
  ])("%j", (text, expected) => {
    expect(render(text)).toBe(expected);
  });

  it("keep a value's type where the field wants a value and the template is one reference", () => {
    expect(render("{{ a.list }}", true)).toEqual([1, "x"]);
    expect(render("  {{ a.n }} ", true)).toBe(2);
    expect(render("{{ a.none }}", true)).toBeNull();
    expect(render("{{ a.n }}!", true)).toBe("2!");
    expect(render("{{ a.n }}{{ a.n }}", true)).toBe("22");
    expect(render("plain", true)).toBe("plain");
  });

  it("say where they can't be read, and read the rest", () => {
    const template = parseTemplate("ok {{ a.text }} bad {{ a. }} open {{ a.text");
    expect(template.problems.map(({ code, start, end }) => ({ code, at: [start, end] }))).toEqual([
      { code: "expr.unfinished", at: [25, 25] },
      { code: "expr.unclosed", at: [34, 43] },
    ]);
    expect(slotsOf(template).map((slot) => slot.expression.source)).toEqual(["a.text", "a."]);
  });

  it("lose no character of any text", () => {
    const piece = fc.oneof(fc.string(), fc.constantFrom("{{", "}}", "{", "}", "'", '"', "{{ a }}", "r'", "\\", "\n"));
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join("");
        const { parts } = parseTemplate(text);
        expect(parts.map((part) => (typeof part === "string" ? part : text.slice(part.start, part.end))).join("")).toBe(
          text,
        );
      }),
    );
  });
});
