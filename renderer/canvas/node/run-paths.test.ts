import { describe, expect, it } from "vitest";
import { emptyRunView } from "../../../engine/run/view.ts";
import { roundsBeside, shownRound, stepPath } from "./run-paths.ts";

const parents = { charge: "each", tries: "each", ask: "tries" };
const view = {
  ...emptyRunView("r"),
  rounds: {
    each: { count: 40, kept: [2, 38, 39], failures: 1, failed: [2] },
    "each[39]/tries": { count: 1, kept: [0], failures: 0, failed: [] },
    "each[2]/tries": { count: 3, kept: [0, 1, 2], failures: 0, failed: [] },
  },
};

describe("where a step in a body is in a run", () => {
  it("is in the latest round unless one was chosen, at every level", () => {
    expect(stepPath(view, "each", parents, {})).toBe("each");
    expect(stepPath(view, "charge", parents, {})).toBe("each[39]/charge");
    expect(stepPath(view, "ask", parents, { each: 2 })).toBe("each[2]/tries[2]/ask");
    expect(stepPath(view, "ask", parents, { each: 2, "each[2]/tries": 1 })).toBe("each[2]/tries[1]/ask");
  });

  it("is in the first round before any began", () => {
    expect(stepPath(emptyRunView("r"), "ask", parents, {})).toBe("each[0]/tries[0]/ask");
  });

  it("leaves a chosen round whose steps are no longer at hand", () => {
    expect(shownRound(view, "each", { each: 7 })).toBe(39);
  });

  it("goes from round to round among those at hand", () => {
    expect(roundsBeside(view, "each", 38)).toEqual({ before: 2, after: 39 });
    expect(roundsBeside(view, "each", 2)).toEqual({ after: 38 });
    expect(roundsBeside(view, "nobody", 0)).toEqual({});
  });
});
