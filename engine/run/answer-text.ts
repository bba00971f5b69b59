import { ANSWER_SEPARATOR } from "./answer-output.ts";

/** Where an answer, a round or a container begins in the text. */
export interface Mark {
  length: number;
  given: number;
}

/**
 * The text of a flow's answers as it is told: what was given stays, behind it stands the part of the next answer that is known by now.
 * Only differences are told, and no more is looked at than what may still change.
 */
export class AnswerText {
  /** Something happened that may change the text. */
  stale = false;
  private readonly tell: (n: number, text: string) => void;
  private length = 0;
  private given = 0;
  private tail = "";

  constructor(tell: (n: number, text: string) => void) {
    this.tell = tell;
  }

  mark(): Mark {
    return { length: this.length, given: this.given };
  }

  /** Takes back what was told behind the mark. */
  rewind({ length, given }: Mark): void {
    if (this.length + this.tail.length > length) this.tell(length, "");
    this.length = length;
    this.given = given;
    this.tail = "";
  }

  /** So much is known of the next answer. */
  show(text: string): void {
    const shown = this.given > 0 ? ANSWER_SEPARATOR + text : text;
    const same = commonLength(this.tail, shown);
    if (same < this.tail.length || same < shown.length) this.tell(this.length + same, shown.slice(same));
    this.tail = shown;
  }

  hide(): void {
    if (this.tail !== "") this.tell(this.length, "");
    this.tail = "";
  }

  append(text: string): void {
    this.tell(this.length + this.tail.length, text);
    this.tail += text;
  }

  /** The next answer is given. */
  commit(text: string): void {
    this.show(text);
    this.length += this.tail.length;
    this.tail = "";
    this.given++;
  }
}

function commonLength(a: string, b: string): number {
  if (b.startsWith(a)) return a.length;
  const limit = Math.min(a.length, b.length);
  let length = 0;
  while (length < limit && a[length] === b[length]) length++;
  return length;
}
