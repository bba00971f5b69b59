import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, type Page } from "@playwright/test";
import { readFlow } from "../engine/flow/index.ts";
import { Studio } from "./studio-driver.ts";
import { startStudio, type StudioProcess } from "./studio-process.ts";

/** A container drawn with the mouse, a breakpoint, a run from a step with what came before it, and two runs side by side. */
test.describe.configure({ mode: "serial" });

const LETTERS = `heddle: 1
name: Letters
nodes:
  start: { type: start, config: { fields: { name: { type: string, label: Name } } } }
  one: { type: template, config: { text: "{{ start.name }} {{ start.name }}" } }
  two: { type: template, config: { text: "{{ one.text }} and {{ one.text }}" } }
  answer: { type: answer, config: { text: "{{ two.text }}" } }
edges:
  - start -> one
  - one -> two
  - two -> answer
`;

let home: string;
let project: string;
let process_: StudioProcess;
let page: Page;
let studio: Studio;

test.beforeAll(async ({ browser }) => {
  home = await mkdtemp(join(tmpdir(), "heddle-debugging-"));
  project = await mkdtemp(join(tmpdir(), "heddle-debugging-project-"));
  await writeFile(join(project, "heddle.yaml"), "heddle: 1\nname: Debugging\n");
  await mkdir(join(project, "flows"));
  await writeFile(join(project, "flows", "letters.flow.yaml"), LETTERS);
  process_ = await startStudio({ home, project });
  page = await (await browser.newContext()).newPage();
  studio = new Studio(page);
  await studio.open(process_.url);
});

test.afterAll(async () => {
  await page?.close();
  await process_?.stop();
  await rm(project, { recursive: true, force: true });
  await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});

test("draws a container and a step inside it", async () => {
  await studio.newFlow("Drawn");
  await expect(studio.card("start")).toBeVisible();
  await studio.dragStep("For each", [420, 350]);
  const [frame, container] = await Promise.all([studio.canvas.boundingBox(), studio.card("each").boundingBox()]);
  const [x, y] = [container!.x - frame!.x + container!.width / 2, container!.y - frame!.y + container!.height * 0.65];
  await studio.dragStep("Compose text", [x, y]);
  await studio.saved();
  const { flow } = readFlow(await readFile(join(project, "flows", "drawn.flow.yaml"), "utf8"));
  expect(flow.parents).toEqual({ template: "each" });
});

test("waits at a breakpoint and goes on", async () => {
  await studio.openFlow("Letters");
  await studio.card("two").click();
  await page.keyboard.press("F9");
  await studio.run({ Name: "Ann" });
  await expect(page.getByText("waiting", { exact: true }).first()).toBeVisible();
  await expect(studio.card("one")).toContainText("done");
  await expect(studio.card("two")).not.toContainText("done");
  await page.keyboard.press("F8");
  await studio.succeeded();
  await expect(page.getByRole("tabpanel", { name: "Result" })).toContainText("Ann Ann and Ann Ann");
  await studio.card("two").click();
  await page.keyboard.press("F9");
});

test("runs from a step with what came before it", async () => {
  await studio.select("two");
  await studio.inspector.getByLabel("Text").fill("{{ one.text }} or {{ one.text }}");
  await studio.saved();
  await studio.card("two").click({ button: "right" });
  await page.getByRole("menuitem", { name: /Run from here/ }).click();
  await expect(page.getByRole("tabpanel", { name: "Result" })).toContainText("Ann Ann or Ann Ann");
});

test("shows where two runs differ", async () => {
  await page.getByRole("navigation").getByRole("button", { name: /^Runs/ }).click();
  const picks = page.getByRole("checkbox", { name: /for comparing/ });
  await picks.nth(0).check();
  await picks.nth(1).check();
  await page.getByRole("button", { name: "Compare", exact: true }).click();
  await expect(page.getByRole("row", { name: /^two differs input, output/ })).toBeVisible();
  await expect(page.getByRole("row", { name: /^one differs/ })).toHaveCount(0);
});
