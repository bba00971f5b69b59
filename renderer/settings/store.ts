import { create } from "zustand";
import { LANGUAGES, type Language } from "../../engine/lib/text.ts";
import { browserLanguage, startI18n, switchLanguage } from "../i18n/index.ts";
import { getRpc } from "../rpc/index.ts";

export const THEMES = ["light", "dark", "system"] as const;
export type Theme = (typeof THEMES)[number];

export interface Settings {
  theme: Theme;
  language: Language;
  /** What `system` means on this machine now. */
  systemDark: boolean;
}

/** Language and theme. Kept by the host; a copy in the browser makes the first paint right. */
export const useSettings = create<Settings>(() => ({ theme: "system", language: "en", systemDark: false }));

/** The theme that is drawn. */
export const resolveTheme = ({ theme, systemDark }: Pick<Settings, "theme" | "systemDark">): "light" | "dark" =>
  theme === "system" ? (systemDark ? "dark" : "light") : theme;

export const useResolvedTheme = (): "light" | "dark" => useSettings(resolveTheme);

const STORAGE_KEY = "heddle.settings";

interface SavedSettings {
  theme?: Theme | undefined;
  language?: Language | undefined;
}

/** Before the first paint: what was set last time, else what the browser prefers. */
export function startSettings(): void {
  const saved = readSaved();
  const dark = window.matchMedia("(prefers-color-scheme: dark)");
  const language = saved.language ?? browserLanguage(navigator.languages);
  useSettings.setState({ theme: saved.theme ?? "system", language, systemDark: dark.matches });
  dark.addEventListener("change", () => useSettings.setState({ systemDark: dark.matches }));
  startI18n(language);
  drawTheme();
  useSettings.subscribe(drawTheme);
}

/** What the host has kept wins over the browser's copy. */
export function adoptSettings(kept: SavedSettings): void {
  if (kept.theme) useSettings.setState({ theme: kept.theme });
  if (kept.language && kept.language !== useSettings.getState().language) {
    useSettings.setState({ language: kept.language });
    switchLanguage(kept.language);
  }
  remember();
}

export function setTheme(theme: Theme): Promise<unknown> {
  useSettings.setState({ theme });
  remember();
  return getRpc().system.saveSettings({ theme });
}

export function setLanguage(language: Language): Promise<unknown> {
  useSettings.setState({ language });
  switchLanguage(language);
  remember();
  return getRpc().system.saveSettings({ language });
}

function drawTheme(): void {
  document.documentElement.dataset["theme"] = resolveTheme(useSettings.getState());
}

function remember(): void {
  const { theme, language } = useSettings.getState();
  localStorage.setItem(STORAGE_KEY, JSON.stringify({ theme, language }));
}

function readSaved(): SavedSettings {
  try {
    const saved: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? "{}");
    if (typeof saved !== "object" || saved === null) return {};
    const { theme, language } = saved as Record<string, unknown>;
    return { theme: THEMES.find((known) => known === theme), language: LANGUAGES.find((known) => known === language) };
  } catch {
    return {};
  }
}
