import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { once } from "node:events";
import { expect, test, type Page } from "@playwright/test";
import { Studio } from "./studio-driver.ts";
import { startStudio, type StudioProcess } from "./studio-process.ts";

/**
 * A flow that asks a person: the run waits in the inbox, over the death of the host too; what fails after the decision is undone, and the
 * flow's error handler answers.
 */
test.describe.configure({ mode: "serial" });

let home: string;
let process_: StudioProcess;
let page: Page;
let studio: Studio;

test.beforeAll(async ({ browser }) => {
  home = await mkdtemp(join(tmpdir(), "heddle-waiting-"));
  process_ = await startStudio({ home });
  page = await (await browser.newContext()).newPage();
  studio = new Studio(page);
  await studio.open(process_.url);
});

test.afterAll(async () => {
  await page?.close();
  await process_?.stop();
  await rm(home, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
});

test("a run waits for a decision, and the inbox counts it", async () => {
  await studio.openFlow("Refund approval");
  await studio.run({ "E-mail of the customer": "ada@example.com" });
  await expect(page.getByText("waiting", { exact: true }).first()).toBeVisible();
  await expect(page.getByRole("navigation").getByRole("button", { name: /Inbox/ })).toContainText("1");
});

test("it waits on over the death of the host", async () => {
  const gone = once(process_.child, "exit");
  process_.child.kill("SIGKILL");
  await gone;
  process_ = await startStudio({ home });
  await studio.open(process_.url);
  await page.getByRole("navigation").getByRole("button", { name: /Inbox/ }).click();
  await expect(page.getByRole("list", { name: "Open tasks" }).getByRole("listitem")).toHaveCount(1);
});

test("an answer in the inbox lets it go on to its end", async () => {
  const task = page.getByRole("region", { name: /Refund order/ });
  await task.getByLabel("Comment").fill("The lid is broken indeed.");
  await task.getByRole("button", { name: "Refund", exact: true }).click();
  await expect(page.getByRole("list", { name: "Open tasks" })).toBeHidden();
  await page.getByRole("navigation").getByRole("button", { name: /^Runs/ }).click();
  await expect(page.getByRole("row", { name: /Refund approval/ }).first()).toContainText("succeeded");
});

test("what fails after the decision is undone, and the error handler answers", async () => {
  await page.getByRole("navigation").getByRole("button", { name: /^Flow/ }).first().click();
  await studio.openFlow("Refund approval");
  await studio.run({ "E-mail of the customer": "nobody" });
  const panel = page.getByRole("tabpanel", { name: "Result" });
  await panel.getByRole("button", { name: "Refund", exact: true }).click();
  await expect(panel.getByText(/Nothing was refunded/).first()).toBeVisible();
  await expect(studio.card("take_back")).toContainText("done");
  await expect(studio.card("refused")).not.toContainText("done");
});
