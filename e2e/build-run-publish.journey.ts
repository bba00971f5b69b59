import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test, type Locator, type Page } from "@playwright/test";
import { Studio } from "./studio-driver.ts";
import { startStudio, type StudioProcess } from "./studio-process.ts";

/**
 * The whole way of a flow, with nothing stood in for: an empty project, a flow drawn with the mouse, a run on the demo model, edits on the
 * canvas and in YAML, an agent with a tool of a real MCP server, and a publication to a cluster on this machine that answers plain HTTP.
 */
test.describe.configure({ mode: "serial" });

const QUESTION = "Hi, you charged my card two times for order 1042. Can you sort this out?";
const EVERYTHING = createRequire(import.meta.url).resolve("@modelcontextprotocol/server-everything/dist/index.js");

let home: string;
let project: string;
let process_: StudioProcess;
let page: Page;
let studio: Studio;

test.beforeAll(async ({ browser }) => {
  home = await mkdtemp(join(tmpdir(), "heddle-journey-home-"));
  project = await mkdtemp(join(tmpdir(), "heddle-journey-project-"));
  await writeFile(join(project, "heddle.yaml"), "heddle: 1\nname: Journey\n");
  process_ = await startStudio({ home, project });
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  page = await context.newPage();
  studio = new Studio(page);
  await studio.open(process_.url);
});

test.afterAll(async () => {
  await page?.close();
  await process_?.stop();
  await heddle("cluster", "down").catch(() => undefined);
  await rm(project, { recursive: true, force: true });
  await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});

const heddle = (...args: string[]) =>
  promisify(execFile)(process.execPath, ["publish/cli/main.ts", ...args], {
    cwd: new URL("..", import.meta.url),
    env: { ...process.env, HEDDLE_HOME: home },
  });

const flowText = (name: string) => readFile(join(project, "flows", `${name}.flow.yaml`), "utf8");

test("draws triage with the mouse", async () => {
  await page.getByRole("button", { name: "New flow" }).click();
  const dialog = page.getByRole("dialog", { name: "New flow" });
  await dialog.getByLabel("Name").fill("Triage");
  await dialog.getByRole("button", { name: "Create" }).click();
  await expect(studio.card("start")).toBeVisible();
  await studio.clear();
  await expect(page.getByText("An empty flow")).toBeVisible();

  await studio.dragStep("Start", [150, 60]);
  await studio.dragStep("Classify", [420, 60]);
  await studio.dragStep("Extract fields", [690, 60]);
  await studio.dragStep("Condition", [150, 250]);
  await studio.dragStep("Ask a model", [420, 250]);
  await studio.dragStep("Answer", [690, 250]);
  await studio.dragStep("Answer", [420, 430]);
  await studio.connect("start", "out", "classifier");
  await studio.connect("classifier", "out", "extractor");
  await studio.connect("extractor", "out", "condition");

  await studio.select("condition");
  await studio.inspector.getByLabel("Name of the case").fill("technical");
  await studio.inspector.getByLabel("Name of the case").blur();
  await studio.inspector.getByLabel("When", { exact: true }).fill('classifier.label == "technical"');
  await expect(studio.card("condition").getByRole("listitem").first()).toHaveText("technical");
  await expect(studio.card("condition")).toContainText('classifier.label == "technical"');
  await studio.connect("condition", "else", "llm");
  await studio.connect("condition", "technical", "answer_2");
  await studio.connect("llm", "out", "answer");
  await studio.saved();
  expect(await flowText("triage")).toContain("- condition.technical -> answer_2");
});

test("fills the forms, with a reference from the list of earlier results", async () => {
  const { inspector } = studio;
  await studio.select("classifier");
  await inspector.getByLabel("Label", { exact: true }).nth(2).fill("shipping");
  await inspector.getByLabel("Label", { exact: true }).nth(2).blur();
  await inspector.getByLabel("What shipping means").fill("parcels and delivery");

  await studio.select("extractor");
  await inspector.getByRole("button", { name: "Remove name" }).click();

  await studio.select("llm");
  await inspector.getByLabel("Instructions", { exact: true }).fill("Write a short reply to the customer.");
  await inspector
    .getByLabel("Prompt", { exact: true })
    .fill('Category: {{ classifier.label }}\nOrder: {{ default(extractor.order, "unknown") }}');

  await studio.select("answer");
  await inspector.getByRole("button", { name: "Insert an earlier result" }).click();
  await page.getByRole("option", { name: /llm\.text/ }).click();
  await expect(inspector.getByLabel("Answer", { exact: true })).toHaveValue(/\{\{ ?llm\.text ?\}\}/);

  await studio.select("answer_2");
  await inspector.getByLabel("Answer", { exact: true }).fill("Handed to the technical team: {{ start.message }}");
  await studio.saved();
  await expect(page.getByRole("tab", { name: "Problems", exact: true })).toBeVisible();
});

test("runs it on the demo model and shows the tokens as they arrive", async () => {
  await studio.run({ Message: QUESTION });
  await studio.succeeded();
  const result = page.getByRole("tabpanel", { name: "Result" });
  await expect(result).toContainText("order 1042");
  await expect(result).toContainText("billing team");
  await expect(studio.card("classifier")).toContainText("billing");
  await expect(studio.card("answer_2")).toContainText("Skipped");

  // The demo model writes a whole reply within a few frames: a slow screen may show a single run only at its end.
  await expect(async () => {
    await page.evaluate(watchAnswer);
    await studio.run({ Message: QUESTION });
    await studio.succeeded();
    expect(await page.evaluate(() => (globalThis as unknown as Watched).seen.size)).toBeGreaterThan(1);
  }).toPass({ timeout: 90_000 });

  await studio.run({ Message: "The app crashes whenever I open the settings page." });
  await studio.succeeded();
  await expect(result).toContainText("Handed to the technical team");
});

interface Watched {
  seen: Set<string>;
}

/** Notes every text that the answer's place shows, frame by frame. */
function watchAnswer(): void {
  const seen = new Set<string>();
  Object.assign(globalThis, { seen });
  const look = () => {
    const text = document.querySelector("[role=tabpanel] p[aria-live=polite]")?.textContent ?? "";
    if (text) seen.add(text);
    if ((globalThis as unknown as Watched).seen === seen) requestAnimationFrame(look);
  };
  look();
}

test("undoes and redoes", async () => {
  const before = await flowText("triage");
  await studio.select("extractor");
  await page.keyboard.press("Delete");
  await expect(studio.card("extractor")).toHaveCount(0);
  await page.keyboard.press("Control+z");
  await expect(studio.card("extractor")).toBeVisible();
  await page.keyboard.press("Control+Shift+z");
  await expect(studio.card("extractor")).toHaveCount(0);
  await page.keyboard.press("Control+z");
  await expect(studio.card("extractor")).toBeVisible();
  await studio.saved();
  await expect(async () => expect(await flowText("triage")).toBe(before)).toPass({ timeout: 10_000 });
});

test("edits the flow as YAML, both ways", async () => {
  await page.getByRole("banner").getByRole("button", { name: "Code" }).click();
  const editor = page.locator(".monaco-editor").first();
  await editor.waitFor();
  const text = await flowText("triage");
  const edited = text.replace("type: classifier\n", "type: classifier\n    title: What is it about? # asked first\n");
  expect(edited).not.toBe(text);
  await paste(editor, edited);
  await expect(studio.card("classifier")).toContainText("What is it about?");

  await page.getByRole("button", { name: "Arrange the steps" }).click();
  await expect(async () => {
    const saved = await flowText("triage");
    expect(saved).toContain("title: What is it about? # asked first");
    expect(layoutOf(saved)).not.toBe(layoutOf(edited));
  }).toPass({ timeout: 15_000 });

  const broken = (await flowText("triage")).replace("nodes:", "nodes: [");
  await paste(editor, broken);
  await expect(page.getByRole("tab", { name: /Problems [1-9]/ })).toBeVisible();
  await expect(studio.card("classifier"), "the canvas keeps the last good state").toBeVisible();
  await editor.click();
  await page.keyboard.press("Control+z");
  await expect(page.getByRole("tab", { name: "Problems", exact: true })).toBeVisible();
  await page.getByRole("banner").getByRole("button", { name: "Code" }).click();
  await studio.saved();
});

test("binds a tool of a real MCP server to an agent and runs it", async () => {
  await page.getByRole("navigation").getByRole("button", { name: "Tools" }).click();
  await page.getByRole("button", { name: "Add a server" }).first().click();
  const dialog = page.getByRole("dialog", { name: "Add an MCP server" });
  await dialog.getByLabel("Name", { exact: true }).fill("everything");
  await dialog.getByLabel("Command").fill(process.execPath);
  await dialog.getByLabel("Arguments").fill(`${EVERYTHING}\nstdio`);
  await dialog.getByRole("button", { name: "Save and start" }).click();
  await expect(page.getByRole("main").getByText("get-sum").first()).toBeVisible();
  await page.getByRole("navigation").getByRole("button", { name: "Flows" }).click();

  await studio.newFlow("Sums");
  await studio.clear();
  await studio.dragStep("Start", [150, 80]);
  await studio.dragStep("Agent", [430, 80]);
  await studio.dragStep("Answer", [700, 80]);
  await studio.dragStep("Tools from a server", [430, 380]);
  await studio.connect("start", "out", "agent");
  await studio.connect("agent", "out", "answer");
  await studio.bind("mcp_server", "agent", "tools");

  await studio.select("mcp_server");
  await studio.inspector.getByLabel("Server", { exact: true }).click();
  await page.getByRole("option", { name: /everything/ }).click();
  await studio.inspector.getByRole("listitem").filter({ hasText: "get-sum" }).hover();
  await studio.inspector.getByRole("button", { name: "Only get-sum" }).click();
  await expect(studio.card("agent")).toContainText("get-sum");
  await expect(studio.card("agent")).not.toContainText("echo");
  await studio.select("answer");
  await studio.inspector.getByLabel("Answer", { exact: true }).fill("{{ agent.text }}");
  await studio.saved();
  await studio.run({ Message: "Please add 5 and 7 with the sum tool." });
  await studio.succeeded();
  const call = page
    .getByRole("region", { name: /Run, problems and chat/ })
    .getByText("get-sum")
    .first();
  await expect(call).toBeVisible();
  await call.click();
  await expect(page.getByText("The sum of 5 and 7 is 12").first()).toBeVisible();
});

test("publishes triage to a cluster on this machine and calls it over HTTP", async () => {
  test.setTimeout(180_000);
  await studio.openFlow("Triage");
  await page.getByRole("banner").getByRole("button", { name: "Publish" }).click();
  const dialog = page.getByRole("dialog", { name: /Publish/ });
  await dialog.getByRole("button", { name: "Publish now" }).click();
  await expect(dialog.getByText("Revision 1 is live")).toBeVisible({ timeout: 120_000 });

  await dialog.getByLabel("Message").fill(QUESTION);
  await dialog.getByRole("button", { name: "Send" }).click();
  await expect(dialog.getByRole("region", { name: "Answer" })).toContainText("billing team", { timeout: 30_000 });

  await dialog.getByRole("tab", { name: "From your code" }).click();
  await dialog.getByRole("button", { name: "Copy the endpoint" }).click();
  const endpoint = await clipboard();
  await dialog.getByRole("button", { name: "Copy the key" }).click();
  const apiKey = await clipboard();

  const headers = { "content-type": "application/json", authorization: `Bearer ${apiKey}` };
  const body = JSON.stringify({ message: QUESTION });
  const refused = await fetch(endpoint, { method: "POST", headers: { ...headers, authorization: "Bearer no" }, body });
  expect(refused.status).toBe(401);

  const plain = await fetch(endpoint, { method: "POST", headers, body });
  expect(plain.status).toBe(200);
  expect(JSON.stringify(await plain.json())).toContain("billing team");

  const stream = await fetch(endpoint, { method: "POST", headers: { ...headers, accept: "text/event-stream" }, body });
  expect(stream.headers.get("content-type")).toContain("text/event-stream");
  const events = [...(await stream.text()).matchAll(/^event: (.+)$/gm)].map((match) => match[1]);
  expect(events[0]).toBe("run.started");
  expect(events.filter((name) => name === "answer.delta").length).toBeGreaterThan(2);
  expect(events.at(-1)).toBe("run.completed");
});

const layoutOf = (text: string) => text.slice(text.indexOf("\nlayout:"));

async function paste(editor: Locator, text: string): Promise<void> {
  await page.evaluate((clip) => navigator.clipboard.writeText(clip), text);
  await editor.click();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+v");
}

const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
