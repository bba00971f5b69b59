import { AxeBuilder } from "@axe-core/playwright";
import { expect, test, type Page } from "@playwright/test";
import { Studio } from "./studio-driver.ts";
import { startStudio, type StudioProcess } from "./studio-process.ts";

/** What stands in the rail beside the canvas. */
const PAGES = ["Runs", "Inbox", "Triggers", "Tools", "Models", "Publish", "Settings"];

/** What axe finds wrong with the page as it looks now, one line each. */
async function complaints(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}

let host: StudioProcess;
test.beforeAll(async () => {
  host = await startStudio();
});
test.afterAll(() => host.stop());

for (const colorScheme of ["light", "dark"] as const) {
  test.describe(`in ${colorScheme} colours`, () => {
    test.use({ colorScheme });

    test("every screen can be read and used with assistive technology", async ({ page }) => {
      const studio = new Studio(page);
      await studio.open(host.url);
      await studio.cards().first().waitFor();
      expect(await complaints(page), "canvas").toEqual([]);
      await studio.card("triage").click();
      await expect(studio.inspector.getByLabel("Title", { exact: true })).toBeVisible();
      expect(await complaints(page), "inspector").toEqual([]);
      for (const name of PAGES) {
        await page.getByRole("navigation").getByRole("button", { name, exact: true }).click();
        await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
        expect(await complaints(page), name).toEqual([]);
      }
    });
  });
}
