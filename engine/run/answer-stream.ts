import type { ExprScope } from "../expr/index.ts";
import type { AnswerItem, AnswerPart, AnswerPlan } from "./answer-plan.ts";
import { answerText } from "./answer-output.ts";
import type { AnswerText, Mark } from "./answer-text.ts";
import type { GraphPlan } from "./plan.ts";
import type { Delta } from "./run-context.ts";

/** What the stream asks about the graph that runs. */
export interface Progress {
  scope: ExprScope;
  isSettled(node: number): boolean;
  /** Whether the node ran to its end. */
  isCompleted(node: number): boolean;
}

/** Where a flow's text is told, and whom to tell that it changed. */
export interface Telling {
  text: AnswerText;
  changed(): void;
}

/**
 * The answers of one graph as they grow: their texts in the order of the plan, each told part by part as far as it is known; a container's are
 * those of its rounds, one after the other. Whenever something settles, what may have changed is worked out anew; between, a step's own
 * words are passed on as they come.
 */
export class AnswerStream {
  private readonly items: readonly AnswerItem[];
  private readonly progress: Progress;
  private readonly text: AnswerText;
  private readonly changed: () => void;
  private readonly certain: boolean[];
  /** The nodes that the text depends on. */
  private readonly watched: ReadonlySet<number>;
  private readonly live = new Map<number, { text: string; source: string }>();
  private readonly containers = new Map<number, RoundStreams>();
  /** The first item whose text isn't final. */
  private at = 0;
  /** The step whose words continue what was told. */
  private cursor: number | undefined;

  constructor(
    { answers, watched }: Pick<GraphPlan, "answers" | "watched">,
    progress: Progress,
    { text, changed }: Telling,
  ) {
    this.items = answers;
    this.watched = watched;
    this.progress = progress;
    this.text = text;
    this.changed = changed;
    this.certain = answers.map(() => false);
  }

  /** The node runs now or will for certain. */
  reached(node: number): void {
    this.items.forEach((item, index) => {
      if ("rounds" in item || this.certain[index] || !item.certainFrom[node]) return;
      this.certain[index] = true;
      this.changed();
    });
  }

  /** The node ran, was skipped or failed. */
  settled(node: number): void {
    if (this.live.size > 0) this.live.delete(node);
    if (this.watched.has(node)) this.changed();
  }

  said({ node, path, attempt, offset, text }: Delta): void {
    const source = `${path}#${attempt}`;
    const before = this.live.get(node);
    const known = before?.source === source ? before.text : "";
    this.live.set(node, { source, text: known.slice(0, offset) + text });
    const continues = known.length === offset && (before === undefined || before.source === source);
    if (!continues || this.text.stale) this.changed();
    else if (this.cursor === node) this.text.append(text);
  }

  unsaid(node: number): void {
    if (this.live.delete(node)) this.changed();
  }

  /** A round of a container began: its text comes behind those of the rounds before. */
  round(container: number, stream: AnswerStream): Round {
    let rounds = this.containers.get(container);
    if (!rounds) this.containers.set(container, (rounds = new RoundStreams()));
    return rounds.add(stream);
  }

  /** Tells what is known now and wasn't told yet. True when nothing more can come. */
  advance(): boolean {
    this.cursor = undefined;
    for (; this.at < this.items.length; this.at++) {
      const item = this.items[this.at]!;
      const isOver = "rounds" in item ? this.advanceRounds(item.step) : this.advanceAnswer(item, this.at);
      if (!isOver) return false;
    }
    return true;
  }

  private advanceAnswer(answer: AnswerPlan, index: number): boolean {
    if (this.progress.isCompleted(answer.step)) this.text.commit(answerText(answer, this.progress.scope));
    else if (this.certain[index] && !this.progress.isSettled(answer.step)) this.text.show(this.partial(answer));
    else this.text.hide();
    return this.progress.isSettled(answer.step);
  }

  private advanceRounds(container: number): boolean {
    const rounds = this.containers.get(container);
    const isSettled = this.progress.isSettled(container);
    if (!rounds) return isSettled;
    if (isSettled && !this.progress.isCompleted(container)) rounds.takeBack(this.text);
    else if (!rounds.advance(this.text) || !isSettled) return false;
    this.containers.delete(container);
    return true;
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

/** One round's text. `isOver`: it completed. `isGone`: it failed or was given up, and what it said is taken back. */
export interface Round {
  isOver: boolean;
  isGone: boolean;
}

/** The texts of a container's rounds, in the order in which they began: a later round waits until those before it are over. */
class RoundStreams {
  private readonly waiting: (Round & { stream: AnswerStream; mark?: Mark })[] = [];
  private start: Mark | undefined;

  add(stream: AnswerStream): Round {
    const round = { stream, isOver: false, isGone: false };
    this.waiting.push(round);
    return round;
  }

  takeBack(text: AnswerText): void {
    if (this.start) text.rewind(this.start);
  }

  advance(text: AnswerText): boolean {
    this.start ??= text.mark();
    for (let round = this.waiting[0]; round; round = this.waiting[0]) {
      round.mark ??= text.mark();
      if (round.isGone) text.rewind(round.mark);
      else if (!round.stream.advance() || !round.isOver) return false;
      this.waiting.shift();
    }
    return true;
  }
}
