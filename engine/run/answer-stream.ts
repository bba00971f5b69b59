import type { ExprScope } from "../expr/index.ts";
import type { AnswerPart, AnswerPlan } from "./answer-plan.ts";
import { ANSWER_SEPARATOR, answerText } from "./answer-output.ts";
import type { RunPlan } from "./plan.ts";
import type { Delta } from "./run-context.ts";

/** What the stream asks about the run. */
interface Progress {
  scope: ExprScope;
  isSettled(node: number): boolean;
  /** Whether the node ran to its end. */
  isCompleted(node: number): boolean;
}

type Tell = (n: number, text: string) => void;

/**
 * The answer as it grows: the answers' texts in the order of the plan, each told part by part as far as it is known. Whenever something
 * settles, the text is worked out anew and what differs from what was told is told; between, a step's own words are passed on as they come.
 */
export class AnswerStream {
  private readonly answers: readonly AnswerPlan[];
  private readonly progress: Progress;
  private readonly tell: Tell;
  private readonly certain: boolean[];
  private readonly live = new Map<number, { text: string; source: string }>();
  private told = "";
  /** The step whose words continue what was told. */
  private cursor: number | undefined;
  private stale = true;

  constructor(plan: RunPlan, progress: Progress, tell: Tell) {
    this.answers = plan.answers;
    this.progress = progress;
    this.tell = tell;
    this.certain = plan.answers.map(() => false);
  }

  /** The node runs now or will for certain. */
  reached(node: number): void {
    this.answers.forEach((answer, index) => {
      if (!this.certain[index] && answer.certainFrom[node]) this.certain[index] = this.stale = true;
    });
  }

  /** The node ran, was skipped or failed. */
  settled(node: number): void {
    this.live.delete(node);
    this.stale ||= this.answers.length > 0;
  }

  said({ node, path, attempt, offset, text }: Delta): void {
    if (this.answers.length === 0) return;
    const source = `${path}#${attempt}`;
    const before = this.live.get(node);
    const continues = before?.source === source && before.text.length === offset;
    this.live.set(node, { source, text: continues ? before.text + text : text });
    if (!continues) this.stale = true;
    if (this.stale) return this.refresh();
    if (this.cursor === node) this.append(text);
  }

  unsaid(node: number): void {
    if (this.live.delete(node)) this.stale = true;
  }

  /** Tells what is known now and wasn't told yet. */
  refresh(): void {
    if (!this.stale) return;
    this.stale = false;
    const text = this.text();
    if (text.startsWith(this.told)) return this.append(text.slice(this.told.length));
    const n = commonLength(this.told, text);
    this.told = text;
    this.tell(n, text.slice(n));
  }

  private append(text: string): void {
    if (text === "") return;
    this.tell(this.told.length, text);
    this.told += text;
  }

  private text(): string {
    this.cursor = undefined;
    const texts: string[] = [];
    for (const [index, answer] of this.answers.entries()) {
      if (this.progress.isCompleted(answer.step)) {
        texts.push(answerText(answer, this.progress.scope));
        continue;
      }
      if (this.progress.isSettled(answer.step)) continue;
      if (this.certain[index]) texts.push(this.partial(answer));
      break;
    }
    return texts.join(ANSWER_SEPARATOR);
  }

  private partial({ parts }: AnswerPlan): string {
    let text = "";
    for (const part of parts) {
      if (!part.needs.every((node) => this.progress.isSettled(node))) {
        this.cursor = part.streams;
        return part.streams === undefined ? text : text + (this.live.get(part.streams)?.text ?? "");
      }
      const rendered = this.render(part);
      if (rendered === undefined) return text;
      text += rendered;
    }
    return text;
  }

  /** A part that can't be rendered ends the stream; the answer step itself then says what is wrong. */
  private render(part: AnswerPart): string | undefined {
    try {
      return String(part.render(this.progress.scope));
    } catch {
      return undefined;
    }
  }
}

function commonLength(a: string, b: string): number {
  const limit = Math.min(a.length, b.length);
  let length = 0;
  while (length < limit && a[length] === b[length]) length++;
  return length;
}
