import { once } from "node:events";
import { copyFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, request } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { failedStart, freshHome, startHost } from "./testing/started-host.ts";

/** A GET that may lie about its Host, as no browser could. */
function get(
  url: string,
  headers: Record<string, string> = {},
): Promise<{ status: number; headers: Record<string, unknown> }> {
  return new Promise((resolve, reject) => {
    request(url, { headers }, (response) => {
      response.resume();
      resolve({ status: response.statusCode ?? 0, headers: response.headers });
    })
      .on("error", reject)
      .end();
  });
}

async function projectWith(files: Record<string, string>): Promise<string> {
  const folder = join(await freshHome(), "desk");
  await mkdir(join(folder, "flows"), { recursive: true });
  await writeFile(join(folder, "heddle.yaml"), "heddle: 1\nname: Desk\n");
  for (const [file, text] of Object.entries(files)) await writeFile(join(folder, file), text);
  return folder;
}

const HELLO = `heddle: 1
name: Hello
nodes:
  start: { type: start, config: { fields: { name: { type: string, label: Name } } } }
  answer: { type: answer, config: { text: "Hello {{ start.name }}" } }
edges:
  - start -> answer
`;

describe("a first start", () => {
  it("opens the sample project, and the next start opens the last project again", async () => {
    const home = await freshHome();
    const first = await startHost({ home });
    const { project } = await first.client.system.info({});
    expect(project).toMatchObject({ name: "Support desk", path: join(home, "projects", "support-desk") });
    expect((await first.client.flows.list({})).map((flow) => [flow.name, flow.problems])).toEqual([
      ["ask-the-handbook", 0],
      ["follow-up", 0],
      ["inbox-digest", 0],
      ["refund-approval", 0],
      ["tool-agent", 0],
      ["triage", 0],
    ]);
    const mine = join(home, "mine");
    await first.client.projects.create({ path: mine, name: "Mine", sample: false });
    await first.client.system.saveSettings({ language: "zh", theme: "dark" });
    await first.end("SIGTERM");

    const second = await startHost({ home });
    const info = await second.client.system.info({});
    expect(info.project).toMatchObject({ name: "Mine", path: mine });
    expect(info.settings).toMatchObject({ language: "zh", theme: "dark", keptRuns: { days: 30, runs: 1_000 } });
    const recent = await second.client.projects.recent({});
    expect(recent.map((entry) => [entry.name, entry.exists])).toEqual([
      ["Mine", true],
      ["Support desk", true],
    ]);
  });

  it("makes a project of the empty folder that it is given", async () => {
    const home = await freshHome();
    const host = await startHost({ home, project: join(home, "new-desk") });
    expect((await host.client.system.info({})).project).toMatchObject({
      name: "new-desk",
      models: { default: "demo" },
    });
    expect(await host.client.flows.list({})).toEqual([]);
    expect(await readFile(join(home, "new-desk", ".gitignore"), "utf8")).toBe(".heddle/\n");
  });
});

describe("the studio's server", () => {
  it("answers its own page alone, with a content policy, on loopback", async () => {
    const host = await startHost({ home: await freshHome() });
    const { origin } = new URL(host.url);
    expect(new URL(origin).hostname).toBe("127.0.0.1");
    const missing = await get(`${origin}/no-such-file.js`);
    expect(missing.status).toBe(404);
    expect(missing.headers["content-security-policy"]).toContain("script-src 'self'");
    expect((await get(`${origin}/`, { host: "evil.example" })).status).toBe(403);
    expect((await get(`${origin}/../../package.json`)).status).toBe(404);
  });

  it("says that the port is taken when that one was asked for", async () => {
    const server = createServer().listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    const failed = await failedStart({ home: await freshHome(), args: ["--port", String(port)] });
    expect(failed.code).toBe(1);
    expect(failed.said).toContain(`Port ${port} is already in use`);
    expect(failed.said).not.toContain("    at ");
  });
});

describe("a project", () => {
  it("is open in one host at a time", async () => {
    const project = await projectWith({});
    const first = await startHost({ home: await freshHome(), project });
    const failed = await failedStart({ home: await freshHome(), project });
    expect(failed.code).toBe(1);
    expect(failed.said).toContain(`is open in another Heddle (process ${first.child.pid})`);
    await first.end("SIGKILL");
    const next = await startHost({ home: await freshHome(), project });
    expect((await next.client.system.info({})).project?.name).toBe("Desk");
  });

  it("opens without a manifest or with a broken one, and says so", async () => {
    const home = await freshHome();
    const project = await projectWith({ "heddle.yaml": "heddle: 1\nname: [", "flows/hello.flow.yaml": HELLO });
    const host = await startHost({ home, project });
    const { project: opened } = await host.client.system.info({});
    expect(opened?.problem).toMatchObject({ code: "project.manifest-invalid" });
    expect((await host.client.flows.list({})).map((flow) => flow.name)).toEqual(["hello"]);
    const bare = join(home, "bare");
    await mkdir(join(bare, "flows"), { recursive: true });
    await writeFile(join(bare, "flows", "hello.flow.yaml"), HELLO);
    expect((await host.client.projects.open({ path: bare })).problem).toMatchObject({ code: "project.no-manifest" });
    await expect(host.client.projects.open({ path: join(home, "nowhere") })).rejects.toMatchObject({
      code: "project.missing",
    });
    expect((await host.client.system.info({})).project?.path).toBe(bare);
  });
});

describe("flow files", () => {
  it("are read, written and protected from overwriting", async () => {
    const project = await projectWith({ "flows/hello.flow.yaml": HELLO });
    const { client } = await startHost({ home: await freshHome(), project });
    const path = join(project, "flows", "hello.flow.yaml");
    const read = await client.flows.read({ name: "hello" });
    expect(read).toMatchObject({ title: "Hello", text: HELLO, problems: 0 });
    const edited = HELLO.replace("name: Hello", "name: Hi");
    const { revision } = await client.flows.write({ name: "hello", text: edited, base: read.revision });
    expect(await readFile(path, "utf8")).toBe(edited);
    await writeFile(path, HELLO);
    await expect(client.flows.write({ name: "hello", text: edited, base: revision })).rejects.toMatchObject({
      code: "flow.conflict",
    });
    await expect(client.flows.read({ name: "../heddle" })).rejects.toMatchObject({ code: "flow.name" });
    expect(await readFile(path, "utf8")).toBe(HELLO);
  });

  it("open with their problems when they are broken, and stay as they are", async () => {
    const broken = {
      syntax: "heddle: 1\nname: [oops\n",
      unknown: HELLO.replace("type: answer", "type: no-such-type"),
      dangling: HELLO.replace("start.name", "nobody.name"),
      cycle: HELLO.replace("- start -> answer", "- start -> answer\n  - answer -> answer"),
      newer: HELLO.replace("heddle: 1", "heddle: 2"),
    };
    const files = Object.fromEntries(Object.entries(broken).map(([name, text]) => [`flows/${name}.flow.yaml`, text]));
    const project = await projectWith({ ...files, "flows/hello.flow.yaml": HELLO });
    const { client } = await startHost({ home: await freshHome(), project });
    const listed = await client.flows.list({});
    for (const flow of listed) expect(flow.problems > 0, flow.name).toBe(flow.name !== "hello");
    const newer = await client.flows.read({ name: "newer" });
    expect(newer.readOnly).toBe("newer-version");
    await expect(client.flows.write({ name: "newer", text: HELLO, base: newer.revision })).rejects.toMatchObject({
      code: "flow.newer-on-disk",
    });
    for (const [name, text] of Object.entries(broken)) {
      expect((await client.flows.analyze({ text })).problems.length, name).toBeGreaterThan(0);
      expect(await readFile(join(project, `flows/${name}.flow.yaml`), "utf8")).toBe(text);
    }
    const hello = await client.runs.start({ flow: "hello", text: HELLO, input: { name: "you" } });
    expect(hello.runId).not.toBe("");
  });

  it("tell when another program changes them", async () => {
    const project = await projectWith({ "flows/hello.flow.yaml": HELLO });
    const { client } = await startHost({ home: await freshHome(), project });
    const changes = await client.flows.watch({});
    const next = changes.next();
    // A call that was answered after the subscription: the host is listening.
    await client.flows.list({});
    await writeFile(join(project, "flows", "hello.flow.yaml"), `${HELLO}# changed\n`);
    expect((await next).value).toMatchObject({ name: "hello" });
    await changes.return();
  });
});

describe("secrets and models", () => {
  it("are named and never told", async () => {
    const home = await freshHome();
    const { client } = await startHost({ home });
    await client.secrets.set({ name: "SHOP_KEY", value: "hunter2-hunter2" });
    expect(await client.secrets.names({})).toEqual(["SHOP_KEY"]);
    expect(await readFile(join(home, "secrets.json"), "utf8")).not.toContain("hunter2");
    await client.secrets.remove({ name: "SHOP_KEY" });
    expect(await client.secrets.names({})).toEqual([]);
  });

  it("reach the MCP servers that name them in mcp.json", async () => {
    const { client } = await startHost({ home: await freshHome() });
    const args = ["node_modules/@modelcontextprotocol/server-everything/dist/index.js", "stdio"];
    const config = {
      command: "${HEDDLE_NODE}",
      args: args.map((arg) => arg.replace(/^node_modules/, "${HEDDLE_APP}/$&")),
    };
    const server = { ...config, env: { SHOP_KEY: "${SHOP_KEY}" } };
    expect(await client.tools.saveServer({ name: "every", config: server })).toMatchObject({
      state: "failed",
      error: { code: "tool.server-config" },
    });
    await client.secrets.set({ name: "SHOP_KEY", value: "hunter2-hunter2" });
    expect(await client.tools.restart({ name: "every" })).toMatchObject({ state: "ready" });
    const { content } = await client.tools.call({ server: "every", tool: "get-env", arguments: {} });
    expect(content).toContain("hunter2-hunter2");
    await client.tools.removeServer({ name: "every" });
    expect((await client.tools.servers({})).map((entry) => entry.name)).toEqual(["shop"]);
  });

  it("are told apart from a broken models.json, which stays as it is", async () => {
    const home = await freshHome();
    await writeFile(join(home, "models.json"), "[{");
    const host = await startHost({ home });
    await expect(host.client.models.list({})).rejects.toMatchObject({ code: "file.invalid" });
    await expect(host.client.models.add({ kind: "llama", id: "a", path: "/a" })).rejects.toMatchObject({
      code: "file.invalid",
    });
    expect((await host.client.flows.list({})).length).toBe(6);
    expect(await readFile(join(home, "models.json"), "utf8")).toBe("[{");
    await writeFile(join(home, "models.json"), "[]");
    expect((await host.client.models.list({})).map((model) => model.id)).toEqual(["demo"]);
  });

  it("don't keep a project from opening when models.json is broken and somebody asks for models meanwhile", async () => {
    const home = await freshHome();
    await writeFile(join(home, "models.json"), "[{");
    const { client } = await startHost({ home });
    for (const name of ["one", "two", "three"]) {
      const asked = client.models.list({});
      const opened = client.projects.create({ path: join(home, name), name, sample: false });
      await expect(asked).rejects.toMatchObject({ code: "file.invalid" });
      expect((await opened).name).toBe(name);
    }
  });

  it("include the demo model and what the user adds, and say what is wrong with it", async () => {
    const home = await freshHome();
    const { client } = await startHost({ home });
    const file = join(home, "mine.gguf");
    const add = () => client.models.add({ kind: "llama", id: "mine", path: file });
    await expect(add()).rejects.toMatchObject({ code: "model.file-missing" });
    await copyFile((await client.models.list({}))[0]!.path!, file);
    await add();
    await rm(file);
    const models = await client.models.list({});
    expect(models.map((model) => [model.id, model.demo])).toEqual([
      ["demo", true],
      ["mine", false],
    ]);
    await expect(client.models.load({ id: "mine" })).rejects.toMatchObject({ code: "model.file-missing" });
    const wrong = client.models.add({ kind: "openai-compatible", id: "far", url: "not an address", model: "m" });
    await expect(wrong).rejects.toMatchObject({ code: "input.invalid" });
    await client.projects.setModelRole({ role: "fast", model: "mine" });
    expect((await client.models.list({})).find((model) => model.id === "mine")?.roles).toEqual(["fast"]);
    const roles = await client.models.watch({});
    const manifest = join(home, "projects", "support-desk", "heddle.yaml");
    await writeFile(manifest, (await readFile(manifest, "utf8")).replace("fast: mine", "slow: mine"));
    for await (const list of roles) if (list.some((model) => model.roles.includes("slow"))) break;
    await client.models.remove({ id: "mine" });
    await expect(client.models.remove({ id: "mine" })).rejects.toMatchObject({ code: "not-found" });
  });
});
