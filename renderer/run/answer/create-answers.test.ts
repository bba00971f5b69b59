import { describe, expect, it } from "vitest";
import { HeddleError } from "../../../engine/lib/errors/error.ts";
import { createAnswers } from "./create-answers.ts";

const place = { runId: "r1", path: "approve" };

function host(refusal?: HeddleError) {
  const sent: unknown[] = [];
  const answer = async (value: unknown) => {
    if (refusal) throw refusal;
    sent.push(value);
    return { ok: true as const };
  };
  return { sent, runs: () => ({ answer }) as unknown as ReturnType<Parameters<typeof createAnswers>[0]> };
}

describe("answers to tasks", () => {
  it("send what was chosen and forget what was typed", async () => {
    const { runs, sent } = host();
    const answers = createAnswers(runs);
    answers.getState().edit(place, { comment: "fine", values: { amount: "3" } });
    const value = { choice: "approve", values: { amount: 3 } };
    expect(await answers.getState().send(place, value, "approve")).toBe(true);
    expect(sent).toEqual([{ ...place, value }]);
    expect(answers.getState()).toMatchObject({ drafts: {}, sending: {}, refused: {} });
  });

  it("say why one was refused and keep what was typed", async () => {
    const { runs } = host(new HeddleError("input.invalid", { where: "amount", detail: "is missing" }));
    const answers = createAnswers(runs);
    answers.getState().edit(place, { comment: "fine" });
    expect(await answers.getState().send(place, { choice: "approve", values: {} }, "approve")).toBe(false);
    expect(answers.getState().drafts["r1 approve"]).toEqual({ comment: "fine" });
    expect(answers.getState().refused["r1 approve"]?.code).toBe("input.invalid");
  });

  it("go once, however often the button is pressed", async () => {
    const { runs, sent } = host();
    const answers = createAnswers(runs);
    const value = { choice: "approve", values: {} };
    const both = await Promise.all([
      answers.getState().send(place, value, "approve"),
      answers.getState().send(place, value, "approve"),
    ]);
    expect(both).toEqual([true, false]);
    expect(sent).toHaveLength(1);
  });
});
