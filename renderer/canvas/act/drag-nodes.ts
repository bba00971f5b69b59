import type { Position, SimpleCommand } from "../../../engine/flow/index.ts";
import { edit } from "../../document/edits.ts";
import { documentStore } from "../../document/store.ts";
import { canInsert, spliceCommands } from "../edit/add-node.ts";
import { snap } from "../graph/place.ts";
import type { CanvasNode } from "../graph/to-graph.ts";
import { useCanvasUi } from "../ui-store.ts";
import { edgeOf } from "./add.ts";
import { wireAt } from "./geometry.ts";

/** Whether a card that is being dragged stands free, so that a wire could take it in. */
function insertable(key: string): boolean {
  const { flow, analysis } = documentStore.getState();
  const shape = analysis?.nodes[key];
  return shape !== undefined && canInsert(shape) && !flow.edges.some(({ from, to }) => from === key || to === key);
}

/** While one card is dragged: the wire under the pointer that would take it in lights up. */
export function dragCard(nodes: readonly CanvasNode[], x: number, y: number): void {
  const [only, ...more] = nodes;
  const wire = only && more.length === 0 && insertable(only.id) ? wireAt(x, y) : null;
  const dropEdge = wire !== null && edgeOf(wire) ? wire : null;
  if (dropEdge !== useCanvasUi.getState().dropEdge) useCanvasUi.getState().set({ dropEdge });
}

/** Cards were let go: they stand there from now on, and a wire that was lit takes its card in. */
export function dropCards(nodes: readonly CanvasNode[]): void {
  const { dropEdge, set } = useCanvasUi.getState();
  set({ dropEdge: null });
  const { flow, analysis } = documentStore.getState();
  const moved = nodes
    .map(({ id, position }): [string, Position] => [id, [snap(position.x), snap(position.y)]])
    .filter(([id, [x, y]]) => flow.layout[id]?.[0] !== x || flow.layout[id]?.[1] !== y);
  if (moved.length === 0) return;
  const move: SimpleCommand = { do: "node.move", positions: Object.fromEntries(moved) };
  const edge = dropEdge === null ? undefined : edgeOf(dropEdge);
  const shape = analysis?.nodes[moved[0]![0]];
  if (edge && shape)
    edit({ do: "batch", commands: [move, ...spliceCommands(edge, moved[0]![0], shape)] }, { label: { key: "insert" } });
  else edit(move);
}
