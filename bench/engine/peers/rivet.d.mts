import type { Shape, Subject } from "../subject.ts";
export function rivet(shape: Shape, size: number): Subject;
export function rivetKept(shape: Shape, size: number): Subject;
