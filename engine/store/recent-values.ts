import type { JsonValue } from "../lib/json.ts";

interface Entry {
  value: JsonValue;
  size: number;
}

/** Values read lately, those used longest ago given up first. Their sizes never add up to more than the limit. */
export class RecentValues {
  private readonly limit: number;
  private readonly entries = new Map<string, Entry>();
  private total = 0;

  constructor(limit: number) {
    this.limit = limit;
  }

  get(digest: string): JsonValue | undefined {
    const entry = this.entries.get(digest);
    if (!entry) return undefined;
    this.entries.delete(digest);
    this.entries.set(digest, entry);
    return entry.value;
  }

  /** One larger than a quarter of the limit isn't kept. */
  add(digest: string, value: JsonValue, size: number): void {
    if (size > this.limit / 4) return;
    this.remove(digest);
    this.entries.set(digest, { value, size });
    this.total += size;
    for (const oldest of this.entries.keys()) {
      if (this.total <= this.limit) break;
      this.remove(oldest);
    }
  }

  remove(digest: string): void {
    const entry = this.entries.get(digest);
    if (!entry) return;
    this.entries.delete(digest);
    this.total -= entry.size;
  }
}
