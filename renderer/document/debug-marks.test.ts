import { beforeEach, describe, expect, it } from "vitest";
import { debugFrom, marksOf, useDebugMarks } from "./debug-marks.ts";

const FILE = "/p/flows/a.flow.yaml";
const marks = () => marksOf(useDebugMarks.getState(), FILE);
const flow = { nodes: { ask: {}, each: {}, loop: {}, charge: {} }, parents: { loop: "each", charge: "loop" } };

describe("pinned results and breakpoints", () => {
  beforeEach(() => useDebugMarks.setState({ flows: {} }));

  it("belong to one flow file", () => {
    useDebugMarks.getState().pin(FILE, "ask", { output: "x" });
    useDebugMarks.getState().toggleBreakpoint("/p/flows/other.flow.yaml", "ask");
    expect(marks()).toEqual({ pins: { ask: { output: "x" } }, breakpoints: [] });
  });

  it("are put and taken away, and go along when a step gets another key", () => {
    const { pin, unpin, toggleBreakpoint, rename } = useDebugMarks.getState();
    pin(FILE, "ask", { output: 1, port: "yes" });
    toggleBreakpoint(FILE, "ask");
    rename(FILE, "ask", "question");
    expect(marks()).toEqual({ pins: { question: { output: 1, port: "yes" } }, breakpoints: ["question"] });
    unpin(FILE, "question");
    toggleBreakpoint(FILE, "question");
    expect(marks()).toEqual({ pins: {}, breakpoints: [] });
  });

  it("are told to a run by path: in a body for every round, and not for steps that are gone", () => {
    const { pin, toggleBreakpoint } = useDebugMarks.getState();
    pin(FILE, "charge", { output: null, port: "error" });
    pin(FILE, "gone", { output: 1 });
    toggleBreakpoint(FILE, "each");
    toggleBreakpoint(FILE, "gone");
    expect(debugFrom(marks(), flow)).toEqual({
      given: { "each[*]/loop[*]/charge": { output: null, port: "error", from: "pinned" } },
      breakpoints: ["each"],
    });
  });
});
