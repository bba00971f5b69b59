import { existsSync } from "node:fs";

/** The same places that e2e/playwright.config.ts looks at. */
const PLACES = [
  process.env.CHROMIUM,
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/** A system browser for the journeys, if there is one; none is downloaded. @returns {string | undefined} */
export function chromium() {
  return PLACES.find((place) => place && existsSync(place));
}
