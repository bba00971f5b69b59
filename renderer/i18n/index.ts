import i18next from "i18next";
import { useCallback } from "react";
import { initReactI18next, useTranslation } from "react-i18next";
import { LANGUAGES, type Language, type Text } from "../../engine/lib/text.ts";
import { errorText } from "../rpc/error-text.ts";
import { en, zh } from "./resources.ts";

export { useTranslation } from "react-i18next";

/** Loads the words. Synchronous: the first paint is in the right language. */
export function startI18n(language: Language): void {
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: "en",
    supportedLngs: LANGUAGES,
    resources: { en, zh },
    defaultNS: "shell",
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  document.documentElement.lang = htmlLanguage(language);
}

export function switchLanguage(language: Language): void {
  void i18next.changeLanguage(language);
  document.documentElement.lang = htmlLanguage(language);
}

const htmlLanguage = (language: Language): string => (language === "zh" ? "zh-CN" : "en");

/** The first of the user's languages that the studio speaks. */
export function browserLanguage(preferred: readonly string[]): Language {
  for (const tag of preferred) {
    const match = LANGUAGES.find((language) => tag.toLowerCase().startsWith(language));
    if (match) return match;
  }
  return "en";
}

/** The interface language now. */
export function useLanguage(): Language {
  const { i18n } = useTranslation();
  return i18n.language === "zh" ? "zh" : "en";
}

/** Picks the user's language of a text that comes as data (node titles, summaries). */
export function useText(): (text: Text) => string {
  const language = useLanguage();
  return useCallback((text) => text[language], [language]);
}

/** The sentence of any error in the user's language. */
export function useErrorText(): (error: unknown) => string {
  const language = useLanguage();
  return useCallback((error) => errorText(language, error), [language]);
}

/** The interface language, outside of rendering. */
export const currentLanguage = (): Language => (i18next.language === "zh" ? "zh" : "en");

/** Words outside of rendering: for what is said once, in a toast. */
export const translate: typeof i18next.t = i18next.t;
