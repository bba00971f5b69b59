import { expect, it } from "vitest";
import { formatBytes, formatDuration, formatSpan } from "./format.ts";

it.each([
  [0, "0 ms"],
  [0.42, "0.4 ms"],
  [212.4, "212 ms"],
  [1400, "1.4 s"],
  [59_940, "59.9 s"],
  [59_960, "1 min 00 s"],
  [65_000, "1 min 05 s"],
  [7_500_000, "2 h 05 min"],
  [273_600_000, "3 d 4 h"],
])("%d ms reads %s", (ms, text) => {
  expect(formatDuration(ms)).toBe(text);
});

it.each([
  [812_000, "812 kB"],
  [61_400_000, "61 MB"],
  [7_250_000_000, "7.3 GB"],
])("%d bytes read %s", (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});

it.each([
  [-5, "0 s"],
  [2_900, "2 s"],
  [185_000, "3 min"],
  [7_500_000, "2 h 05 min"],
])("a wait of %d ms reads %s", (ms, text) => {
  expect(formatSpan(ms)).toBe(text);
});
