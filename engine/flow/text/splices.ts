/** Changes to a text by offsets of the original; what lies between them keeps its bytes. */
export class Splices {
  private readonly changes: { start: number; end: number; text: string }[] = [];

  replace(start: number, end: number, text: string): void {
    this.changes.push({ start, end, text });
  }

  /** At one place, insertions come in the order they were asked for. */
  insert(at: number, text: string): void {
    this.replace(at, at, text);
  }

  remove(start: number, end: number): void {
    this.replace(start, end, "");
  }

  get isEmpty(): boolean {
    return this.changes.length === 0;
  }

  /** The changed text between two offsets of the original. */
  apply(text: string, from = 0, to = text.length): string {
    const pieces: string[] = [];
    let position = from;
    for (const change of this.changes.toSorted((a, b) => a.start - b.start || a.end - b.end)) {
      if (change.start > position) pieces.push(text.slice(position, change.start));
      pieces.push(change.text);
      position = Math.max(position, change.end);
    }
    pieces.push(text.slice(position, to));
    return pieces.join("");
  }
}
