import { describe, expect, it } from "vitest";
import { curlCommand, exampleInput } from "./snippets.ts";

/** The words of a command as a POSIX shell reads them: quotes, backslashes, line continuations. */
function words(command: string): string[] {
  const parts = command.replaceAll("\\\n", " ").match(/(?:'[^']*'|"(?:[^"\\]|\\.)*"|\\.|[^\s'"\\])+/g) ?? [];
  return parts.map((part) =>
    part.replace(
      /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/g,
      (_whole, plain, quoted, escaped) => plain ?? quoted ?? escaped,
    ),
  );
}

describe("the curl command", () => {
  const target = { endpoint: "http://127.0.0.1:8080/v1/flows/triage/runs", apiKey: "hk_1" };

  it("carries any text through a shell unchanged", () => {
    const input = { message: `It's "broken" $HOME \`x\`` };
    const args = words(curlCommand("sync", { ...target, input }));
    expect(JSON.parse(args[args.indexOf("-d") + 1]!)).toEqual(input);
    expect(args).toContain("Authorization: Bearer hk_1");
    expect(args).toContain(target.endpoint);
  });

  it("asks for a stream or for an answer later", () => {
    expect(words(curlCommand("stream", { ...target, input: {} }))).toContain("Accept: text/event-stream");
    expect(words(curlCommand("async", { ...target, input: {} }))).toContain("Prefer: respond-async");
  });
});

it("an example has what the schema needs", () => {
  const schema = {
    properties: {
      message: { type: "string" },
      channel: { type: "string", enum: ["mail", "phone"] },
      amount: { type: "number" },
      note: { type: "string" },
      urgent: { type: "boolean", default: false },
    },
    required: ["message", "channel", "amount", "urgent"],
  };
  expect(exampleInput(schema)).toEqual({ message: "…", channel: "mail", amount: 1, urgent: false });
  expect(exampleInput(undefined)).toEqual({});
});
