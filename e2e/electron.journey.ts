import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { _electron, expect, test } from "@playwright/test";
import { Studio } from "./studio-driver.ts";

/** Electron's program, if this machine has it: the package fetches it on first use, which offline machines can't. */
async function electronBinary(): Promise<string | undefined> {
  const folder = dirname(createRequire(import.meta.url).resolve("electron/package.json"));
  const name = await readFile(join(folder, "path.txt"), "utf8").catch(() => undefined);
  const path = name === undefined ? undefined : join(folder, "dist", name);
  return path && existsSync(path) ? path : undefined;
}

test("the desktop app opens the sample project and runs triage", async () => {
  const executablePath = await electronBinary();
  test.skip(!executablePath, "Electron’s binary is not on this machine: run `npm run desktop` once with a network");
  const home = await mkdtemp(join(tmpdir(), "heddle-electron-"));
  const app = await _electron.launch({
    executablePath: executablePath!,
    args: ["dist/electron/main.js", "--lang=en-US"],
    cwd: new URL("..", import.meta.url).pathname,
    env: { ...process.env, HEDDLE_HOME: home } as Record<string, string>,
  });
  try {
    const window = await app.firstWindow();
    await expect(window.locator(".react-flow__node").first()).toBeVisible();
    // The page has no Node: the port is all that the preload hands over.
    expect(await window.evaluate(() => typeof (globalThis as { process?: unknown }).process)).toBe("undefined");
    const studio = new Studio(window);
    await studio.run({ Message: "Hi, you charged my card two times for order 1042. Can you sort this out?" });
    await studio.succeeded();
    await expect(window.getByRole("tabpanel", { name: "Result" })).toContainText("order 1042");
  } finally {
    await app.close();
    await rm(home, { recursive: true, force: true, maxRetries: 5 });
  }
});
