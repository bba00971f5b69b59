/** The graphs that every subject runs: trivial nodes that add one, so that what is measured is the engine. */
export const SHAPES = ["chain", "fan-out"] as const;
export type Shape = (typeof SHAPES)[number];

/** An engine with one graph made ready. */
export interface Subject {
  name: string;
  /** Runs the graph on a number. Each node adds one to what it gets: a chain answers the last, a fan-out the sum of its branches. */
  run(input: number): Promise<number>;
  /** Called after the last run. */
  close?(): void;
}

export const answerOf = (shape: Shape, size: number, input: number): number =>
  shape === "chain" ? input + size : size * (input + 1);
