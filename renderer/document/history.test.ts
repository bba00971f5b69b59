import { describe, expect, it } from "vitest";
import { EMPTY_HISTORY, MERGE_WINDOW_MS, record, seal, stepBack, stepForward, type HistoryEntry } from "./history.ts";

const entry = (before: string, after: string, more: Partial<HistoryEntry> = {}): HistoryEntry => ({
  label: { key: "configure" },
  before: () => before,
  after: () => after,
  at: 0,
  ...more,
});

describe("the history of edits", () => {
  it("goes back and forth, edit by edit", () => {
    const history = record(record(EMPTY_HISTORY, entry("a", "b")), entry("b", "c"));
    const back = stepBack(history)!;
    expect(back.entry.before()).toBe("b");
    const further = stepBack(back.history)!;
    expect(further.entry.before()).toBe("a");
    expect(stepBack(further.history)).toBeNull();
    expect(stepForward(further.history)!.entry.after()).toBe("b");
  });

  it("makes one step of typing in one place, however long the first text is ago", () => {
    let history = record(EMPTY_HISTORY, entry("", "h", { merge: "title", at: 0 }));
    history = record(history, entry("h", "he", { merge: "title", at: 900 }));
    history = record(history, entry("he", "hel", { merge: "title", at: 1800 }));
    expect(history.past).toHaveLength(1);
    expect(stepBack(history)!.entry.before()).toBe("");
  });

  it.each([
    ["another place", { merge: "note", at: 100 }],
    ["a pause", { merge: "title", at: MERGE_WINDOW_MS }],
    ["an edit that never merges", { at: 100 }],
  ])("starts a step of its own after %s", (_what, more) => {
    const history = record(EMPTY_HISTORY, entry("", "a", { merge: "title" }));
    expect(record(history, entry("a", "b", more)).past).toHaveLength(2);
  });

  it("starts a step of its own once the field was left", () => {
    const history = seal(record(EMPTY_HISTORY, entry("", "a", { merge: "title" })));
    expect(record(history, entry("a", "b", { merge: "title", at: 1 })).past).toHaveLength(2);
  });

  it("forgets what was undone when something new is done", () => {
    const undone = stepBack(record(EMPTY_HISTORY, entry("a", "b")))!.history;
    expect(stepForward(record(undone, entry("a", "x")))).toBeNull();
  });
});
