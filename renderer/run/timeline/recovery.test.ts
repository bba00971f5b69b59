import { expect, it } from "vitest";
import { undoNodes } from "./recovery.ts";

const edge = (from: string, to: string, port = "out") => ({ from, to, port });

it("tells what undoes a step from the rest of the flow", () => {
  const edges = [
    edge("charge", "ship"),
    edge("charge", "refund", "undo"),
    edge("refund", "tell"),
    edge("ship", "done"),
  ];
  expect([...undoNodes({ edges })].sort()).toEqual(["refund", "tell"]);
  expect(undoNodes({ edges: [edge("a", "b")] }).size).toBe(0);
});
