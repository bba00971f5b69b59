import { describe, expect, it } from "vitest";
import css from "./tokens.css?raw";

type Theme = Record<string, string>;

/** The variables of one theme's block. */
function themeOf(selector: string): Theme {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf("}", start));
  return Object.fromEntries(
    [...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
  );
}

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function luminance(hex: string): number {
  const channels = [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) / 255);
  const [r, g, b] = channels.map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light! + 0.05) / (dark! + 0.05);
}

const surfaces = ["bg", "canvas", "panel", "raised", "sunken", "hover"];
const readable: [ink: string, on: string][] = [
  ...["ink", "ink-2", "ink-3"].flatMap((ink) => surfaces.map((on): [string, string] => [ink, on])),
  ...["line", "line-2"].flatMap((on): [string, string][] => [
    ["ink", on],
    ["ink-2", on],
  ]),
  ...["accent", "ok", "warn", "bad", "info"].flatMap((hue): [string, string][] => [
    [hue, "panel"],
    [hue, `${hue}-soft`],
    ["ink", `${hue}-soft`],
  ]),
  ["on-accent", "accent"],
  ["on-accent", "accent-hover"],
  ["on-bad", "bad"],
];
const families = ["models", "agents", "logic", "data", "knowledge", "tools", "people", "io"];

describe.each([
  ["light", ':root,\n[data-theme="light"]'],
  ["dark", '\n[data-theme="dark"]'],
])("the %s theme", (_name, selector) => {
  const theme = themeOf(selector);

  it.each(readable)("%s can be read on %s (AA, 4.5:1)", (ink, on) => {
    expect(contrast(theme[ink]!, theme[on]!)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(families)("the icon of %s stands out from its chip, and the chip from the panel (3:1)", (family) => {
    expect(contrast(theme["on-family"]!, theme[`family-${family}`]!)).toBeGreaterThanOrEqual(3);
    expect(contrast(theme[`family-${family}`]!, theme["panel"]!)).toBeGreaterThanOrEqual(3);
  });
});
