import { inspect, styleText } from "node:util";
import Table from "cli-table3";
import type { Command } from "commander";
import { formatMessage } from "../../engine/lib/errors/catalog.ts";
import { HeddleError, type SerializedError } from "../../engine/lib/errors/error.ts";
import type { Language } from "../../engine/lib/text.ts";

/** Every option that some command takes; which takes which stands where the command is declared. */
export interface CliOptions {
  project?: string;
  json?: boolean;
  input?: string[];
  inputJson?: string;
  inputFile?: string;
  stream?: boolean;
  cluster?: boolean;
  flow?: string;
  limit?: number;
  port?: number;
  workers?: number;
  folder?: string;
  trigger?: string;
  until?: string;
  from?: string;
  path?: string;
  value?: string[];
  comment?: string;
  by?: string;
  key?: string;
  payload?: string;
  id?: string;
  days?: number;
  runs?: number;
  token?: boolean;
}

/** The command's own options with the global ones. */
export const optionsOf = (command: Command): CliOptions => command.optsWithGlobals();

/** Chinese where the terminal's language is. */
export function language(): Language {
  const locale = process.env["LC_ALL"] || process.env["LC_MESSAGES"] || process.env["LANG"] || "";
  return locale.toLowerCase().startsWith("zh") ? "zh" : "en";
}

/** An error as one sentence in the user's language. */
export function inWords(thrown: unknown, wanted: Language): SerializedError {
  const error = HeddleError.from(thrown);
  if (error.code === "internal" && process.env["HEDDLE_DEBUG"]) console.error(inspect(thrown));
  return { ...error.toJSON(), message: formatMessage(wanted, error.code, error.params) };
}

export const printJson = (value: unknown): void => console.log(JSON.stringify(value));

/** Rows under bold headings, with lines between columns only. */
export function printTable(headings: readonly string[], rows: readonly (readonly string[])[]): void {
  const none = {
    top: "",
    "top-mid": "",
    "top-left": "",
    "top-right": "",
    bottom: "",
    "bottom-mid": "",
    "bottom-left": "",
    "bottom-right": "",
  };
  const inner = { left: "", "left-mid": "", mid: "", "mid-mid": "", right: "", "right-mid": "", middle: "  " };
  const table = new Table({
    head: headings.map((heading) => styleText("bold", heading)),
    chars: { ...none, ...inner },
    style: { head: [], border: [], "padding-left": 0, "padding-right": 0 },
  });
  table.push(...rows.map((row) => [...row]));
  console.log(table.toString());
}

const STATE_STYLES = {
  succeeded: "green",
  ready: "green",
  completed: "green",
  failed: "red",
  cancelled: "yellow",
  running: "cyan",
  starting: "cyan",
  waiting: "yellow",
  degraded: "yellow",
} as const;

export const coloured = (state: string): string => {
  const style = STATE_STYLES[state as keyof typeof STATE_STYLES];
  return style ? styleText(style, state) : state;
};

export const dim = (text: string): string => styleText("dim", text);

/** `340 ms`, `2.4 s`, `3 min 5 s`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${Math.round(ms)} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  return `${Math.floor(ms / 60_000)} min ${Math.round((ms % 60_000) / 1_000)} s`;
}

/** Reads an option’s number. @throws HeddleError `cli.not-a-number` */
export const wholeNumber =
  (option: string, least: number, most: number) =>
  (value: string): number => {
    const number = /^\d{1,9}$/.test(value) ? Number(value) : NaN;
    if (number >= least && number <= most) return number;
    throw new HeddleError("cli.not-a-number", { option, least, most, value });
  };

/** Local time, sortable. */
export function time(at: number): string {
  const date = new Date(at - new Date(at).getTimezoneOffset() * 60_000);
  return date.toISOString().slice(0, 19).replace("T", " ");
}

/** The beginning of a text, for a cell of a table. */
export const shorten = (text: string): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);
