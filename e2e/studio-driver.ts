import { expect, type Locator, type Page } from "@playwright/test";

type Point = [x: number, y: number];

/** Drives the studio as a person does: with the mouse, the keyboard and what stands on the screen. */
export class Studio {
  readonly page: Page;
  readonly canvas: Locator;
  readonly inspector: Locator;
  readonly palette: Locator;

  constructor(page: Page) {
    this.page = page;
    this.canvas = page.locator(".react-flow");
    this.inspector = page.getByLabel("Inspector", { exact: true });
    this.palette = page.getByLabel("Steps to add", { exact: true });
  }

  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await expect(this.page.getByRole("button", { name: "Publish", exact: true }).last()).toBeVisible();
  }

  async newFlow(title: string): Promise<void> {
    await this.page.getByRole("button", { name: /^Flow:/ }).click();
    await this.page.getByRole("button", { name: /^New flow/ }).click();
    const dialog = this.page.getByRole("dialog", { name: "New flow" });
    await dialog.getByLabel("Name").fill(title);
    await dialog.getByRole("button", { name: "Create" }).click();
    await expect(this.page.getByRole("button", { name: new RegExp(`^Flow:.* ${title}$`) })).toBeVisible();
  }

  async openFlow(title: string): Promise<void> {
    await this.page.getByRole("button", { name: /^Flow:/ }).click();
    await this.page.getByRole("option", { name: title }).click();
    await expect(this.page.getByRole("button", { name: new RegExp(`^Flow:.* ${title}$`) })).toBeVisible();
  }

  /** Empties the canvas with the keyboard. */
  async clear(): Promise<void> {
    await this.cards().first().waitFor();
    await this.cards().first().click();
    await this.page.keyboard.press("Control+a");
    await this.page.keyboard.press("Delete");
    await expect(this.cards()).toHaveCount(0);
  }

  card(key: string): Locator {
    return this.page.locator(`.react-flow__node[data-id="${key}"]`);
  }

  cards(): Locator {
    return this.page.locator(".react-flow__node");
  }

  /** A connection by its name: `classifier.out → extractor`. */
  wire(name: string): Locator {
    return this.canvas.getByRole("group", { name, exact: true });
  }

  /** Drags a step from the palette to a place of the canvas, in pixels from its top left corner. */
  async dragStep(title: string, [x, y]: Point): Promise<void> {
    const before = await this.cards().count();
    const frame = await boxOf(this.canvas);
    await this.drag(this.palette.getByRole("button", { name: title, exact: true }), [frame.x + x, frame.y + y]);
    await expect(this.cards()).toHaveCount(before + 1);
  }

  /** Draws a wire from one card's port to another card's input. */
  async connect(from: string, port: string, to: string): Promise<void> {
    await this.drawWire(this.handle(from, `port:${port}`), this.handle(to, "in"));
    await expect(this.wire(`${from}.${port} → ${to}`)).toBeAttached();
  }

  /** Draws a binding from a resource to a step's slot. */
  async bind(resource: string, step: string, slot: string): Promise<void> {
    await this.drawWire(this.handle(resource, "provides"), this.handle(step, `slot:${slot}`));
    await expect(this.wire(`${resource} → ${step}.${slot}`)).toBeAttached();
  }

  private async drawWire(from: Locator, to: Locator): Promise<void> {
    const end = await boxOf(to);
    await this.drag(from, [end.x + end.width / 2, end.y + end.height / 2]);
  }

  private handle(key: string, id: string): Locator {
    return this.card(key).locator(`[data-handleid="${id}"]`);
  }

  private async drag(from: Locator, [x, y]: Point): Promise<void> {
    await from.scrollIntoViewIfNeeded();
    const start = await boxOf(from);
    const { mouse } = this.page;
    await mouse.move(start.x + start.width / 2, start.y + start.height / 2);
    await mouse.down();
    await mouse.move(x, y, { steps: 12 });
    await mouse.up();
  }

  /** Selects a card, so that the inspector shows its form. */
  async select(key: string): Promise<void> {
    await this.card(key).locator('[data-part="title"]').click();
    await expect(this.inspector.getByLabel("Key")).toHaveValue(key);
  }

  async saved(): Promise<void> {
    await expect(this.page.getByRole("banner").getByText("Saved", { exact: true })).toBeVisible();
  }

  /** Fills the run form and starts a run. */
  async run(values: Record<string, string>): Promise<void> {
    await this.page.getByRole("tab", { name: "Run", exact: true }).click();
    // What the last run left on the screen would pass for this one's result.
    const clear = this.page.getByRole("button", { name: "Clear", exact: true });
    if (await clear.isVisible()) await clear.click();
    const sides = this.page.getByRole("tablist", { name: "Input and result" });
    await sides.getByRole("tab", { name: "Input" }).click();
    const form = this.page.getByRole("form", { name: "Input" });
    for (const [label, value] of Object.entries(values)) await form.getByLabel(label).fill(value);
    await form.getByRole("button", { name: "Start run" }).click();
    await expect(this.page.getByRole("tabpanel", { name: "Result" })).toBeVisible();
  }

  async succeeded(timeout = 60_000): Promise<void> {
    await expect(this.page.getByRole("status").getByText("succeeded")).toBeVisible({ timeout });
  }
}

async function boxOf(locator: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  await locator.waitFor();
  const box = await locator.boundingBox();
  if (!box) throw new Error("not on the screen");
  return box;
}
