/**
 * The main screens as PNG, light and dark, English and Chinese, from a fresh studio with the sample project.
 * Usage: npm run screenshots [-- --out folder]. Without a folder they go to build/screenshots; `--out docs/images` refreshes the README's.
 */
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { chromium, type Browser, type Page } from "playwright-core";
import { chromiumFlags, chromiumPath } from "./playwright.config.ts";
import { startStudio } from "./studio-process.ts";

const THEMES = ["light", "dark"] as const;
const LOCALES = { en: "en-US", zh: "zh-CN" } as const;
type LanguageCode = keyof typeof LOCALES;

/** What is pressed on the way, by language. */
const WORDS = {
  en: {
    code: "Code",
    start: "Start run",
    done: "succeeded",
    inbox: /^Inbox/,
    triggers: "Triggers",
    runs: "Runs",
    tools: "Tools",
    models: "Models",
    publish: "Publish",
  },
  zh: {
    code: "代码",
    start: "开始运行",
    done: "成功",
    inbox: /^收件箱/,
    triggers: "触发器",
    runs: "运行记录",
    tools: "工具",
    models: "模型",
    publish: "发布",
  },
} as const;

interface Shot {
  page: Page;
  words: (typeof WORDS)[LanguageCode];
  take(name: string): Promise<void>;
}

const SCREENS: ((shot: Shot) => Promise<void>)[] = [
  async ({ page, words, take }) => {
    await openFlow(page, "triage", "triage");
    await page.getByRole("button", { name: words.start }).click();
    await page.getByRole("status").getByText(words.done).waitFor();
    await page.locator('.react-flow__node[data-id="triage"]').click();
    await take("studio");
  },
  async ({ page, words, take }) => {
    await page.getByRole("banner").getByRole("button", { name: words.code }).click();
    await page.locator(".monaco-editor .view-line span[class*=mtk]:not(.mtk1)").first().waitFor();
    await take("code");
    await page.getByRole("banner").getByRole("button", { name: words.code }).click();
  },
  async ({ page, words, take }) => {
    await openFlow(page, "tool-agent", "agent");
    await page.getByRole("button", { name: words.start }).click();
    await page.getByRole("status").getByText(words.done).waitFor();
    await page.locator('.react-flow__node[data-id="agent"]').click();
    await take("agent");
  },
  async ({ page, words, take }) => {
    await openFlow(page, "inbox-digest", "each_message");
    await page.getByRole("button", { name: words.start }).click();
    await page.getByRole("status").getByText(words.done).waitFor();
    await take("rounds");
  },
  async ({ page, words, take }) => {
    await openFlow(page, "refund-approval", "decide");
    await page.getByRole("button", { name: words.start }).click();
    await page.locator('.react-flow__node[data-id="decide"]').click();
    await page.getByRole("navigation").getByRole("button", { name: words.inbox }).getByText(/\d/).waitFor();
    await take("waiting");
    await page.getByRole("navigation").getByRole("button", { name: words.inbox }).click();
    await page.getByRole("region").first().waitFor();
    await take("inbox");
    // Answered, so that the next language begins with an empty inbox.
    await page.getByRole("region").getByRole("button", { name: "Refuse", exact: true }).click();
  },
  async ({ page, words, take }) => {
    await page.getByRole("navigation").getByRole("button", { name: words.triggers }).click();
    await page.getByRole("switch").first().waitFor();
    await take("triggers");
  },
  async ({ page, words, take }) => {
    await page.getByRole("navigation").getByRole("button", { name: words.runs }).click();
    await page.getByRole("row").nth(1).waitFor();
    await take("runs");
  },
  async ({ page, words, take }) => {
    await page.getByRole("navigation").getByRole("button", { name: words.tools }).click();
    await page.getByText("lookup_order").first().waitFor();
    await take("tools");
  },
  async ({ page, words, take }) => {
    await page.getByRole("navigation").getByRole("button", { name: words.models }).click();
    await take("models");
  },
  async ({ page, words, take }) => {
    await page.getByRole("navigation").getByRole("button").first().click();
    await page.getByRole("banner").getByRole("button", { name: words.publish }).click();
    await page.getByRole("dialog").waitFor();
    await take("publish");
  },
];

async function openFlow(page: Page, name: string, node: string): Promise<void> {
  await page.getByRole("banner").getByRole("button").first().click();
  await page.locator(`[cmdk-item][data-value="${name}"]`).click();
  await page.locator(`.react-flow__node[data-id="${node}"]`).waitFor();
}

async function shoot(browser: Browser, url: string, folder: string): Promise<void> {
  for (const theme of THEMES) {
    for (const [language, locale] of Object.entries(LOCALES) as [LanguageCode, string][]) {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme: theme, locale });
      const page = await context.newPage();
      await page.goto(url);
      const take = async (name: string) => {
        // Transitions end before the picture is taken; what pulses while a run waits never would.
        await page.evaluate(() =>
          Promise.all(
            document
              .getAnimations()
              .filter((each) => each.effect?.getComputedTiming().iterations !== Infinity)
              .map((each) => each.finished.catch(() => {})),
          ),
        );
        await page.screenshot({ path: join(folder, `${name}-${theme}-${language}.png`), animations: "disabled" });
        console.log(`${name}-${theme}-${language}.png`);
      };
      for (const screen of SCREENS) await screen({ page, words: WORDS[language], take });
      await context.close();
    }
  }
}

/** The first run waits for the model's process: not what the pictures are about. */
async function warmUp(browser: Browser, url: string): Promise<void> {
  const page = await browser.newPage({ locale: LOCALES.en });
  await page.goto(url);
  await openFlow(page, "triage", "triage");
  await page.getByRole("button", { name: WORDS.en.start }).click();
  await page.getByRole("status").getByText(WORDS.en.done).waitFor();
  await page.close();
}

const { values } = parseArgs({ options: { out: { type: "string", default: "build/screenshots" } } });
await mkdir(values.out, { recursive: true });
const studio = await startStudio();
const browser = await chromium.launch({ executablePath: chromiumPath, args: chromiumFlags });
try {
  await warmUp(browser, studio.url);
  await shoot(browser, studio.url, values.out);
} finally {
  await browser.close();
  await studio.stop();
}
