const MAX_LINES = 500;
const MAX_CHARACTERS = 100_000;

/** What the guest printed, cut where it becomes too much to keep. */
export class GuestLog {
  readonly lines: string[] = [];
  #characters = 0;
  #full = false;

  add(line: string): void {
    if (this.#full) return;
    const room = MAX_CHARACTERS - this.#characters;
    if (this.lines.length === MAX_LINES || line.length > room) {
      this.#full = true;
      this.lines.push(`${line.slice(0, Math.max(0, Math.min(room, 1000)))}… (more was printed and not kept)`);
      return;
    }
    this.#characters += line.length;
    this.lines.push(line);
  }
}
