import { expect, it } from "vitest";
import type { OpenedWait } from "./journal.ts";
import { netChanges } from "./net-changes.ts";
import type { RunChanges, TurnRecord } from "./turn-frame.ts";

const wait = (path: string): OpenedWait => ({ id: path, path, node: path, wait: { kind: "delay" }, since: 1 });
const records = (...all: [run: number, changes?: RunChanges][]): TurnRecord[] =>
  all.map(([run, changes], turn) => ({ run, turn, lastSeq: 1, line: "", ...(changes && { changes }) }));

it("keeps what stands in the end, by run", () => {
  const net = netChanges(
    records(
      [1, { opened: [wait("a"), wait("b")], state: "waiting" }],
      [2, { held: ["x"] }],
      [1, { closed: ["a"], state: "running" }],
      [3],
      [2, { held: ["y"] }],
    ),
  );
  expect([...net.keys()]).toEqual([1, 2]);
  expect(net.get(1)).toMatchObject({ state: "running", opened: [wait("b")], closed: ["a"] });
  expect(net.get(2)).toMatchObject({ held: ["x", "y"], opened: [], closed: [] });
});

it("opens a wait that ended and began again", () => {
  const net = netChanges(records([1, { opened: [wait("a")] }], [1, { closed: ["a"], opened: [wait("a")] }]));
  expect(net.get(1)).toMatchObject({ closed: ["a"], opened: [wait("a")] });
});
