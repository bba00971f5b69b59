import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { expect, it, onTestFinished } from "vitest";
import { projectOf } from "../../electron/host/testing/projects.ts";
import { freshHome, startHost } from "../../electron/host/testing/started-host.ts";
import { TOOL_FLOWS } from "../../electron/host/testing/tool-flows.ts";

const HEDDLE = join(import.meta.dirname, "heddle.mjs");

const WAIT = `heddle: 1
name: Wait
nodes:
  start: { type: start, config: { fields: { order: { type: string } } } }
  paid: { type: wait-for-event, config: { event: paid, key: "{{ start.order }}" } }
  answer: { type: answer, config: { text: "{{ start.order }} is paid" } }
edges:
  - start -> paid
  - paid -> answer
`;
const HELLO = `heddle: 1
name: Hello
nodes:
  start: { type: start, config: { fields: { name: { type: string } } } }
  twice: { type: template, config: { text: "{{ start.name }} {{ start.name }}" } }
  answer: { type: answer, config: { text: "Hello {{ twice.text }}" } }
edges:
  - start -> twice
  - twice -> answer
`;
const FILES = { ...TOOL_FLOWS, "flows/wait.flow.yaml": WAIT, "flows/hello.flow.yaml": HELLO };

interface Said {
  code: number;
  stdout: string;
  stderr: string;
}

function heddle(home: string, cwd: string, ...args: string[]): Promise<Said> {
  const env = { ...process.env, HEDDLE_HOME: home, LANG: "en_US.UTF-8", LC_ALL: "" };
  return new Promise((resolve) => {
    execFile(process.execPath, [HEDDLE, ...args], { cwd, env }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
    );
  });
}

it("runs in the studio's host while that has the project open, and is seen there", async () => {
  const home = await freshHome();
  const project = await projectOf(FILES);
  const { client } = await startHost({ home, project });
  expect((await stat(join(project, ".heddle", "host.json"))).mode & 0o777).toBe(0o600);
  const ran = await heddle(home, project, "run", "hello", "-i", "name=you", "--json");
  expect(ran.stderr).toBe("");
  const { runId } = JSON.parse(ran.stdout) as { runId: string };
  expect(await client.runs.list({})).toMatchObject([{ runId, flow: "hello", state: "succeeded" }]);
  const until = await heddle(home, project, "run", "hello", "-i", "name=you", "--until", "twice", "--json");
  expect(JSON.parse(until.stdout)).toMatchObject({ state: "succeeded", output: { text: "you you" } });
  const other = await heddle(home, project, "run", "hello", "-i", "name=me", "--json");
  const compared = await heddle(
    home,
    project,
    "runs",
    "compare",
    runId,
    (JSON.parse(other.stdout) as Said & { runId: string }).runId,
    "--json",
  );
  expect(JSON.parse(compared.stdout)).toMatchObject([
    { path: "start", kind: "changed", fields: ["output"] },
    { path: "twice", kind: "changed" },
    { path: "answer", kind: "changed" },
  ]);
  const replayed = await heddle(home, project, "runs", "replay", runId);
  expect(replayed).toMatchObject({ code: 0, stdout: expect.stringContaining("It went the same way.") as string });
  const begun = await heddle(home, project, "runs", "show", runId.slice(0, 12), "--json");
  expect(JSON.parse(begun.stdout)).toMatchObject({ runId, state: "succeeded" });
  expect((await heddle(home, project, "runs", "show", "")).stderr).toContain("Give more of it.");
  expect(await heddle(home, project, "runs", "cancel", runId)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining("has ended already (succeeded)") as string,
  });
  expect((await heddle(home, project, "triggers", "on", "hello")).stderr).toContain("begins by hand only");
  expect((await heddle(home, project, "prune", "--runs", "1")).stdout).toBe("3 runs were removed.\n");
});

it("sends events and answers tasks, in the studio's host and without one", async () => {
  const home = await freshHome();
  const project = await projectOf(FILES);
  const host = await startHost({ home, project });
  const waiting = await host.client.runs.start({ flow: "wait", text: WAIT, input: { order: "A1" } });
  for await (const event of await host.client.runs.events(waiting)) if (event.type === "run.waiting") break;
  const wrong = await heddle(home, project, "send-event", "paid", "--key", "A2", "--json");
  expect(JSON.parse(wrong.stdout)).toEqual({ delivered: 0 });
  const right = await heddle(home, project, "send-event", "paid", "--key", "A1", "--payload", '{"total":5}');
  expect(right.stdout).toBe("1 run goes on.\n");
  for await (const event of await host.client.runs.events(waiting))
    if (event.type === "run.completed") expect(event.output).toEqual({ text: "A1 is paid" });

  await host.client.triggers.setActive({ flow: "ask", active: true });
  const { runId } = await host.client.triggers.fire({ flow: "ask", node: "call", input: {} });
  for await (const event of await host.client.runs.events({ runId })) if (event.type === "run.waiting") break;
  await host.end("SIGTERM");
  const listed = JSON.parse((await heddle(home, project, "inbox", "--json")).stdout) as { runId: string }[];
  expect(listed.map((task) => task.runId)).toEqual([runId]);
  const nobody = await heddle(home, project, "inbox", "answer", "nope", "approve");
  expect(nobody).toMatchObject({ code: 1, stderr: expect.stringContaining("no run whose id is “nope”") as string });
  const answered = await heddle(home, project, "inbox", "answer", runId.slice(0, 13), "approve");
  expect(answered.stdout).toBe("“Shall it?” is answered: approve.\n");
  const shown = await heddle(home, project, "runs", "show", runId);
  expect(shown.stdout).toContain("It shall.");
  expect((await heddle(home, project, "inbox")).stdout).toBe("Nothing waits for you.\n");
  const again = await heddle(home, project, "inbox", "answer", runId, "approve");
  expect(again.stderr).toContain("asks nobody anything now");
});

it("lets several commands work on one project at once without a studio", async () => {
  const home = await freshHome();
  const project = await projectOf(FILES);
  const all = await Promise.all(
    ["a", "b", "c"].map((name) => heddle(home, project, "run", "hello", "-i", `name=${name}`)),
  );
  expect(all.map(({ stdout }) => stdout)).toEqual(["Hello a a\n", "Hello b b\n", "Hello c c\n"]);
  expect(JSON.parse((await heddle(home, project, "runs", "list", "--json")).stdout)).toHaveLength(3);
});

it("offers flows as MCP tools over standard input and output, beside a host and without one", async () => {
  const home = await freshHome();
  const project = await projectOf(FILES);
  await heddle(home, project, "triggers", "on", "double");
  const mcp = new Client({ name: "test", version: "1" });
  const args = [HEDDLE, "mcp", "--project", project];
  const env = { ...(process.env as Record<string, string>), HEDDLE_HOME: home };
  await mcp.connect(new StdioClientTransport({ command: process.execPath, args, env }));
  onTestFinished(() => mcp.close());
  const double = (n: number) => mcp.callTool({ name: "double", arguments: { n } });
  expect((await mcp.listTools()).tools.map(({ name }) => name)).toEqual(["double"]);
  const results = await Promise.all([double(4), double(5)]);
  expect(results.map(({ structuredContent }) => structuredContent)).toEqual([{ twice: 8 }, { twice: 10 }]);
  // The same MCP client goes on beside a studio that opens the project now.
  const { client } = await startHost({ home, project });
  expect((await double(6)).structuredContent).toEqual({ twice: 12 });
  expect(await client.runs.list({})).toHaveLength(3);
  await mcp.close();
});

it("says what it waits for, and Ctrl+C cancels the run", async () => {
  const home = await freshHome();
  const project = await projectOf(FILES);
  const env = { ...process.env, HEDDLE_HOME: home, LANG: "zh_CN.UTF-8", LC_ALL: "" };
  const child = spawn(process.execPath, [HEDDLE, "run", "ask"], { cwd: project, env });
  const ended = once(child, "exit");
  const [said] = (await once(child.stderr, "data")) as [Buffer];
  expect(said.toString()).toContain("等待人处理：Shall it?");
  child.kill("SIGINT");
  expect((await ended)[0]).toBe(1);
  const [run] = JSON.parse((await heddle(home, project, "runs", "list", "--json")).stdout) as { state: string }[];
  expect(run!.state).toBe("cancelled");
});

it("names the run when the host that runs it is killed", async () => {
  const home = await freshHome();
  const project = await projectOf(FILES);
  const host = await startHost({ home, project });
  const env = { ...process.env, HEDDLE_HOME: home, LANG: "en_US.UTF-8", LC_ALL: "" };
  const child = spawn(process.execPath, [HEDDLE, "run", "ask"], { cwd: project, env });
  const ended = once(child, "exit");
  const said: string[] = [];
  child.stderr.on("data", (data: Buffer) => said.push(data.toString()));
  await once(child.stderr, "data");
  const [{ runId } = { runId: "" }] = await host.client.runs.list({});
  await host.end("SIGKILL");
  expect((await ended)[0]).toBe(1);
  expect(said.join("")).toContain(`heddle runs show ${runId}`);
  expect(said.join("")).not.toContain("reconnects");
});
