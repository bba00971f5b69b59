import { expect, it } from "vitest";
import { readKept } from "./kept-draft.ts";

it("reads whole numbers within the limits", () => {
  expect(readKept({ days: "30", runs: " 500 " })).toEqual({ value: { days: 30, runs: 500 }, problems: [] });
});

it("names what can't be", () => {
  expect(readKept({ days: "0", runs: "many" })).toEqual({ problems: ["days", "runs"] });
  expect(readKept({ days: "1.5", runs: "10" }).problems).toEqual(["days"]);
  expect(readKept({ days: "30", runs: "" }).problems).toEqual(["runs"]);
});
