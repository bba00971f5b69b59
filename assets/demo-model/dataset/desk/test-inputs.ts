import { existsSync, readdirSync, readFileSync } from "node:fs";

const TESTS = new URL("../../../samples/support-desk/tests/", import.meta.url);

const normalized = (text: string) =>
    text
        .toLowerCase()
        .replace(/[^a-z ]/g, "")
        .trim();

/** The messages that the sample project is measured with; numbers and punctuation don't count. */
const TEST_MESSAGES = new Set(
    (existsSync(TESTS) ? readdirSync(TESTS) : [])
        .filter((name) => name.endsWith(".inputs.yaml"))
        .flatMap((name) => [...readFileSync(new URL(name, TESTS), "utf8").matchAll(/^ *- message: "(.*)"$/gm)])
        .map(([, message]) => normalized(message)),
);

/** True for a text that a test types as well: such samples are not trained on. */
export function isTestMessage(text: string): boolean {
    return TEST_MESSAGES.has(normalized(text)) || TEST_MESSAGES.has(normalized(text.split("Question: ").at(-1)!));
}
