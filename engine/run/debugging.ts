import type { JsonValue } from "../lib/json.ts";
import { continueSchema, type DebugOptions, type GivenResult } from "./debug.ts";

/** The debug options of a run as it goes on: which steps it waits before changes with every answer. */
export class Debugging {
  readonly until: string | undefined;
  private readonly given: DebugOptions["given"];
  private readonly breakpoints: ReadonlySet<string>;
  private readonly hasPatterns: boolean;
  private stepping: boolean;

  constructor({ until, given, breakpoints, stepping }: DebugOptions) {
    this.until = until;
    this.given = given;
    this.breakpoints = new Set(breakpoints);
    this.stepping = stepping;
    this.hasPatterns = Object.keys(given).some((path) => path.includes("[*]"));
  }

  resultOf(path: string): GivenResult | undefined {
    if (Object.hasOwn(this.given, path)) return this.given[path];
    if (!this.hasPatterns) return undefined;
    const pattern = path.replaceAll(/\[\d+\]/g, "[*]");
    return Object.hasOwn(this.given, pattern) ? this.given[pattern] : undefined;
  }

  stopsBefore(node: string): boolean {
    return this.stepping || this.breakpoints.has(node);
  }

  /** Somebody let the run go on. */
  goOn(answer: JsonValue): void {
    const parsed = continueSchema.safeParse(answer);
    this.stepping = parsed.success && parsed.data.stepping;
  }
}
