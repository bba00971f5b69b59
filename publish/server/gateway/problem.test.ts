import { expect, it } from "vitest";
import { HeddleError } from "../../../engine/lib/errors/error.ts";
import { languageOf, problemOf } from "./problem.ts";

it.each([
  [undefined, "en"],
  ["zh-CN,zh;q=0.9,en;q=0.8", "zh"],
  ["en-GB,zh;q=0.5", "en"],
  ["fr;q=0.9, zh;q=0.1", "zh"],
  ["de", "en"],
  ["zh;q=0", "en"],
])("reads Accept-Language %j as %s", (header, language) => {
  expect(languageOf(header)).toBe(language);
});

it("tells an error in the caller’s language, with its status and the run", () => {
  const error = new HeddleError("publish.flow-unknown", { flow: "x" });
  expect(problemOf(error, "zh", "run_1")).toMatchObject({
    status: 404,
    code: "publish.flow-unknown",
    runId: "run_1",
    message: expect.stringContaining("没有已发布的流程“x”") as string,
  });
});
