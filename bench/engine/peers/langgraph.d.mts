import type { Shape, Subject } from "../subject.ts";
export function langGraph(shape: Shape, size: number, options: { saver: boolean }): Subject;
