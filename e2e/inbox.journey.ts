import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { Studio } from "./studio-driver.ts";
import { startStudio, type StudioProcess } from "./studio-process.ts";

const REFUNDS = `heddle: 1
name: Refunds
nodes:
  start: { type: start, title: Request, config: { fields: { order: { type: string, label: Order } } } }
  approve:
    type: approval
    title: Approve
    config:
      title: "Refund order {{ start.order }}?"
      details: It was **charged twice**.
      assignee: accounting
      choices: { approve: Approve, reject: Reject }
  details:
    type: form
    title: Bank details
    config: { title: Where to?, fields: { account: { type: string, label: Account } } }
  paid: { type: answer, title: Paid, config: { text: "Order {{ start.order }} goes back to {{ details.account }}." } }
  refused: { type: answer, title: Refused, config: { text: The refund was refused. } }
edges:
  - start -> approve
  - approve.approve -> details
  - approve.reject -> refused
  - details -> paid
`;

let host: StudioProcess;
let project: string;
test.beforeAll(async () => {
  project = await mkdtemp(join(tmpdir(), "heddle-waiting-"));
  await mkdir(join(project, "flows"));
  await writeFile(join(project, "heddle.yaml"), "heddle: 1\nname: Shop\nmodels: { default: demo }\n");
  await writeFile(join(project, "flows", "refunds.flow.yaml"), REFUNDS);
  host = await startStudio({ project });
});
test.afterAll(async () => {
  await host.stop();
  await rm(project, { recursive: true, force: true, maxRetries: 5 });
});

test("a run that waits is answered in the inbox and goes on", async ({ page }) => {
  const studio = new Studio(page);
  const rail = page.getByRole("navigation", { name: "Main" });
  await studio.open(host.url);
  await studio.run({ Order: "10432" });
  await expect(page.getByRole("status").getByText("waiting", { exact: true })).toBeVisible();

  await rail.getByRole("button", { name: "Inbox, 1 open task" }).click();
  await expect(page.getByText("charged twice")).toBeVisible();
  await page.getByRole("button", { name: "Approve", exact: true }).click();
  await expect(page.getByText("“Refund order 10432?”: Approve")).toBeVisible();

  // An answer that doesn't fit is refused and stays to be mended.
  await page.getByLabel("Comment").fill("As agreed");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText("The answer was not taken")).toBeVisible();
  await expect(page.getByLabel("Comment")).toHaveValue("As agreed");
  await page.getByLabel("Account").fill("DE00 1234");
  await page.getByRole("button", { name: "Send" }).click();
  await expect(page.getByText("Nothing waits for you")).toBeVisible();

  await rail.getByRole("button", { name: "Flows" }).click();
  await studio.succeeded();
  await expect(page.getByRole("tabpanel", { name: "Result" })).toContainText("Order 10432 goes back to DE00 1234.");
});

test("a run is walked through step by step, edited, and continued", async ({ page }) => {
  const studio = new Studio(page);
  await studio.open(host.url);
  await page.getByRole("tablist", { name: "Input and result" }).getByRole("tab", { name: "Input" }).click();
  await page.getByRole("form", { name: "Input" }).getByLabel("Order").fill("7");
  await page.getByRole("button", { name: "More ways to run" }).click();
  await page.getByRole("menuitem", { name: "Run step by step" }).click();
  const paused = page.getByRole("region", { name: "Paused run" });
  await expect(paused).toContainText("Paused before Request");
  await paused.getByRole("button", { name: "Step" }).click();
  await expect(paused).toContainText("Paused before Approve");

  await studio.select("approve");
  await studio.inspector.getByLabel("Title", { exact: true }).last().fill("May order {{ start.order }} be refunded?");
  await paused.getByRole("button", { name: "Continue with the edits" }).click();
  await expect(page.getByText("May order 7 be refunded?")).toBeVisible();
  await page.getByRole("button", { name: "Reject", exact: true }).click();
  await studio.succeeded();
  await expect(page.getByRole("tabpanel", { name: "Result" })).toContainText("The refund was refused.");
});
