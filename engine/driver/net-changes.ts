import type { OpenedWait } from "./journal.ts";
import type { RunChanges, TurnRecord } from "./turn-frame.ts";

interface Net {
  state?: RunChanges["state"];
  end?: RunChanges["end"];
  closed: Set<string>;
  opened: Map<string, OpenedWait>;
  held: string[];
}

/** What turns change in the end, by run: a wait that began and ended among them changes nothing. */
export function netChanges(records: readonly TurnRecord[]): Map<number, RunChanges> {
  const runs = new Map<number, Net>();
  for (const { run, changes } of records) {
    if (!changes) continue;
    let net = runs.get(run);
    if (!net) runs.set(run, (net = { closed: new Set(), opened: new Map(), held: [] }));
    add(net, changes);
  }
  return new Map(
    [...runs].map(([run, net]) => [run, { ...net, closed: [...net.closed], opened: [...net.opened.values()] }]),
  );
}

function add(net: Net, { state, end, closed = [], opened = [], held = [] }: RunChanges): void {
  if (state) net.state = state;
  if (end) net.end = end;
  for (const path of closed) {
    net.opened.delete(path);
    // Also where it began among these turns: it may have been open before, and a resumed run names it again.
    net.closed.add(path);
  }
  for (const wait of opened) net.opened.set(wait.path, wait);
  net.held.push(...held);
}
