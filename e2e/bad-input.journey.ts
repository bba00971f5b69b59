import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { Studio } from "./studio-driver.ts";
import { startStudio, type StudioProcess } from "./studio-process.ts";

/** Flow files as they come from other hands. Each opens with its problem in words, shows what can be shown, and is never overwritten. */
const HEAD =
  "heddle: 1\nname: Broken # kept\nnodes:\n  start: { type: start, config: { fields: { message: { type: string } } } }\n";
const ANSWER = '  answer: { type: answer, config: { text: "{{ start.message }}" } }\n';

const CASES = [
  {
    name: "syntax",
    text: `${HEAD}${ANSWER}edges: [start -> answer\n`,
    problem: /not readable|can’t be read/,
    cards: 2,
  },
  {
    name: "unknown-type",
    text: `${HEAD}${ANSWER}  mystery: { type: teleport, config: { far: true } }\nedges:\n  - start -> answer\n`,
    problem: /teleport/,
    cards: 3,
  },
  {
    name: "dangling",
    text: `${HEAD}  answer: { type: answer, config: { text: "{{ nobody.text }}" } }\nedges:\n  - start -> answer\n  - answer -> ghost\n`,
    problem: /nobody/,
    cards: 2,
  },
  {
    name: "cycle",
    text: `${HEAD}${ANSWER}  again: { type: template, config: { text: x } }\nedges:\n  - start -> answer\n  - answer -> again\n  - again -> answer\n`,
    problem: /cycle|circle|loop|back/i,
    cards: 3,
  },
  {
    name: "newer",
    text: `heddle: 99\nname: Newer\nnodes:\n  start: { type: start, config: {} }\n`,
    problem: /newer/,
    cards: 1,
  },
] as const;

let home: string;
let project: string;
let process_: StudioProcess;

test.beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), "heddle-bad-home-"));
  project = await mkdtemp(join(tmpdir(), "heddle-bad-project-"));
  await writeFile(join(project, "heddle.yaml"), "heddle: 1\nname: Bad input\n");
  await mkdir(join(project, "flows"));
  for (const { name, text } of CASES) await writeFile(join(project, "flows", `${name}.flow.yaml`), text);
  process_ = await startStudio({ home, project });
});

test.afterAll(async () => {
  await process_?.stop();
  await rm(project, { recursive: true, force: true });
  await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});

for (const { name, text, problem, cards } of CASES) {
  test(`opens a flow with a problem: ${name}`, async ({ page }) => {
    const studio = new Studio(page);
    await page.goto(process_.url);
    await page.getByRole("button", { name: /^Flow:/ }).click();
    await page.locator(`[cmdk-item][data-value="${name}"]`).click();
    await page.getByRole("tab", { name: /^Problems/ }).click();
    await expect(page.getByRole("tabpanel", { name: /^Problems/ })).toContainText(problem);
    await expect(studio.cards()).toHaveCount(cards);
    expect(await readFile(join(project, "flows", `${name}.flow.yaml`), "utf8")).toBe(text);
  });
}

test("a start that can’t run says what is wrong", async ({ page }) => {
  const studio = new Studio(page);
  await page.goto(process_.url);
  await page.getByRole("button", { name: /^Flow:/ }).click();
  await page.locator('[cmdk-item][data-value="dangling"]').click();
  await expect(studio.cards()).toHaveCount(2);
  await studio.run({ message: "hello" });
  await expect(page.getByText("The run could not start")).toBeVisible();
});
