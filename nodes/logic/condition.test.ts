import { describe, expect, test } from "vitest";
import { NO_SERVICES } from "../testing/no-services.ts";
import { runSample } from "../testing/run-sample.ts";
import { condition } from "./condition.ts";

const run = (when: string, scope: Record<string, never> | { order: object | null }) =>
  runSample(condition, { config: { cases: [{ id: "yes", when }] }, scope: scope as never }, { services: NO_SERVICES });

describe("a case", () => {
  test("that is empty is not taken", async () => {
    expect(await run("order.paid", { order: { paid: null } })).toMatchObject({ port: "else" });
  });

  test("that is neither true nor false stops the step and says what it is", async () => {
    const { error } = await run("order.items", { order: { items: 3 } });
    expect(error).toMatchObject({ code: "condition.not-boolean", params: { case: "yes", value: "3" } });
  });
});

describe("its config", () => {
  const check = (...ids: string[]) => condition.config.safeParse({ cases: ids.map((id) => ({ id, when: "true" })) });

  test.each([
    ["two cases of one name", check("a", "a"), ["cases", 1, "id"]],
    ["a case named like the way otherwise", check("else"), ["cases", 0, "id"]],
    ["a case named like the way for errors", check("ok", "error"), ["cases", 1, "id"]],
    ["a name with a space", check("not ok"), ["cases", 0, "id"]],
    ["no case", check(), ["cases"]],
  ])("refuses %s", (_what, result, path) => {
    expect(result.error?.issues.map((issue) => issue.path)).toEqual([path]);
  });

  test("makes a way out for each case", () => {
    const config = condition.config.parse({ cases: [{ id: "a", when: "true" }] });
    expect(condition.ports?.(config).map((port) => port.id)).toEqual(["a", "else"]);
  });
});
