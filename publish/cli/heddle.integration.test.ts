import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const HEDDLE = fileURLToPath(new URL("heddle.mjs", import.meta.url));
const SAMPLE = fileURLToPath(new URL("../../assets/samples/support-desk", import.meta.url));

const OWN_NODE = `import { defineNode } from "heddle/node";
export default defineNode({
  type: "one", title: "One", description: "One.", family: "io", icon: "hand",
  config: { type: "object", properties: {} }, output: { type: "object" },
  run: () => ({ output: {} }),
});
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "heddle-cli-"));
  cpSync(SAMPLE, join(folder, "desk"), { recursive: true });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Result {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the command as a shell would, in the project's folder. */
function heddle(args: string[], env: Record<string, string> = {}): Promise<Result> {
  return new Promise((resolve) => {
    const options = {
      cwd: join(folder, "desk"),
      env: { ...process.env, HEDDLE_HOME: folder, LANG: "en_US.UTF-8", LC_ALL: "", ...env },
    };
    execFile(process.execPath, [HEDDLE, ...args], options, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
    );
  });
}

describe("heddle validate", () => {
  it("passes the sample project", async () => {
    expect(await heddle(["validate"])).toMatchObject({ code: 0, stdout: "6 flows checked, no problems.\n" });
  });

  it("points at each problem by file, line and column, and fails", async () => {
    const path = join(folder, "desk", "flows", "broken.flow.yaml");
    writeFileSync(
      path,
      "heddle: 1\nname: Broken\nnodes:\n  start: { type: start, config: { fields: {} } }\nedges:\n  - start -> nowhere\n",
    );
    const { code, stdout } = await heddle(["validate", "broken"]);
    expect(code).toBe(1);
    expect(stdout).toMatch(/^flows\/broken\.flow\.yaml:6:\d+ error .*nowhere/m);
    const json = await heddle(["validate", "broken", "--json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({ ok: false, problems: [{ line: 6, severity: "error" }] });
    rmSync(path);
  });
});

describe("heddle run", () => {
  const message = "message=Where is my parcel for order A-2231?";

  it("runs a flow on the demo model, and lists and shows the run", async () => {
    const { code, stdout } = await heddle(["run", "triage", "-i", message, "--json"]);
    expect(code).toBe(0);
    const run = JSON.parse(stdout) as { runId: string; output: { text: string } };
    expect(run).toMatchObject({ state: "succeeded", output: { text: expect.stringMatching(/./) as string } });
    const list = await heddle(["runs", "list", "--json"]);
    expect(JSON.parse(list.stdout)).toMatchObject([{ runId: run.runId, flow: "triage", state: "succeeded" }]);
    const shown = await heddle(["runs", "show", run.runId]);
    expect(shown.stdout).toContain(run.output.text);
  });

  it("streams events as lines", async () => {
    const { stdout } = await heddle(["run", "triage", "-i", message, "--stream", "--json"]);
    const events = stdout
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { type: string });
    expect(events[0]!.type).toBe("run.started");
    expect(events.some(({ type }) => type === "answer.delta")).toBe(true);
    expect(events.at(-1)!.type).toBe("run.completed");
  });
});

describe("errors", () => {
  it("are one sentence, in the terminal’s language, with exit code 1", async () => {
    const english = await heddle(["run", "nope"]);
    expect(english).toMatchObject({
      code: 1,
      stdout: "",
      stderr: expect.stringMatching(/^heddle: There is no flow “nope” in .*\n$/) as string,
    });
    const chinese = await heddle(["run", "nope"], { LANG: "zh_CN.UTF-8" });
    expect(chinese.stderr).toMatch(/^heddle: .* 中没有流程“nope”/);
    const json = await heddle(["run", "nope", "--json"]);
    expect(JSON.parse(json.stdout)).toMatchObject({ error: { code: "cli.flow-not-found" } });
  });

  it.each([
    [["prune", "--days", "-1"], "--days takes a whole number from 0 to 36500, not “-1”"],
    [["prune", "--days", "abc"], "not “abc”"],
    [["runs", "list", "--limit", "501"], "from 1 to 500"],
    [["send-event", ""], "An event needs a name"],
  ])("say what is wrong with %j", async (args, said) => {
    expect(await heddle(args)).toMatchObject({ code: 1, stderr: expect.stringContaining(said) as string });
  });

  it("name a node of the project that can’t be published, and what else to do", async () => {
    mkdirSync(join(folder, "desk", "nodes"));
    writeFileSync(join(folder, "desk", "nodes", "one.mjs"), OWN_NODE);
    const path = join(folder, "desk", "flows", "own.flow.yaml");
    writeFileSync(
      path,
      "heddle: 1\nname: Own\nnodes:\n  start: { type: start }\n  a: { type: folder:one }\nedges:\n  - start -> a\n",
    );
    const { code, stderr } = await heddle(["publish", "own"]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^heddle: “folder:one” comes from .*code step/);
    writeFileSync(path, "heddle: 1\nname: Own\nnodes:\n  start: { type: start }\nedges:\n  - start -> nowhere\n");
    const invalid = await heddle(["publish", "own"]);
    expect(invalid.stderr).toMatch(/^heddle: “own” can’t be published yet \(1 to fix\)\. First: [^.]*nowhere[^.]*\. /);
    rmSync(path);
    rmSync(join(folder, "desk", "nodes"), { recursive: true });
  });

  it("say what to do when the cluster is down", async () => {
    expect((await heddle(["cluster", "key"])).stderr).toContain("heddle cluster up");
    expect(JSON.parse((await heddle(["cluster", "status", "--json"])).stdout)).toEqual({
      state: "stopped",
      services: [],
    });
  });
});
