import { readFileSync } from "node:fs";

/** What the runners found, added up. @typedef {{passed: number, failed: number, skipped: number}} Tally */

/** @returns {Tally} */
export const emptyTally = () => ({ passed: 0, failed: 0, skipped: 0 });

/** @param {Tally} a @param {Tally} b @returns {Tally} */
export const add = (a, b) => ({
  passed: a.passed + b.passed,
  failed: a.failed + b.failed,
  skipped: a.skipped + b.skipped,
});

/** One check that either holds or doesn't. @param {boolean} ok @returns {Tally} */
export const one = (ok) => ({ passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 });

/** @param {Tally} tally */
export const line = (tally) => `${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped`;

/**
 * Counts of vitest's JSON report. A file that could not even be loaded counts as one failure.
 * @param {string} file @returns {Tally}
 */
export function vitestTally(file) {
  /** @type {{testResults: {status: string, assertionResults: unknown[]}[], numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests?: number}} */
  const report = JSON.parse(readFileSync(file, "utf8"));
  const broken = report.testResults.filter((suite) => suite.status === "failed" && suite.assertionResults.length === 0);
  return {
    passed: report.numPassedTests,
    failed: report.numFailedTests + broken.length,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  };
}

/** Counts of Playwright's JSON report. @param {string} file @returns {Tally} */
export function playwrightTally(file) {
  const { stats, errors } = JSON.parse(readFileSync(file, "utf8"));
  return {
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected + (errors?.length ?? 0),
    skipped: stats.skipped,
  };
}
