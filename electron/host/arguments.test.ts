import { describe, expect, it } from "vitest";
import { parseHostArguments } from "./arguments.ts";
import { StartError } from "./start-error.ts";

describe("the host's command line", () => {
  it("reads port, project and origins", () => {
    const parsed = parseHostArguments([
      "--no-open",
      "--port",
      "4310",
      "--project=desk",
      "--origin",
      "http://a",
      "--origin",
      "http://b",
    ]);
    expect(parsed).toEqual({ port: 4310, project: "desk", origins: ["http://a", "http://b"] });
    expect(parseHostArguments([])).toEqual({ origins: [] });
  });

  it.each([["--port", "x"], ["--port=-1"], ["--port=70000"], ["--nonsense"], ["stray"]])(
    "refuses %s %s with a sentence",
    (...argv) => {
      expect(() => parseHostArguments(argv)).toThrow(StartError);
    },
  );
});
