import { applyCommand, type Flow, type FlowCommand, type Position } from "../../../engine/flow/index.ts";
import { documentStore } from "../../document/store.ts";
import { translate } from "../../i18n/index.ts";
import { notify } from "../../ui/index.ts";
import { canBeInBody, canInsert, spliceCommands } from "../edit/add-node.ts";
import { pullOrigin, reparent } from "../edit/bodies.ts";
import { frameAt, inBody, type Places } from "../graph/frames.ts";
import { positions, snap } from "../graph/place.ts";
import type { CanvasNode } from "../graph/to-graph.ts";
import { useCanvasUi } from "../ui-store.ts";
import { edgeOf } from "./add.ts";
import { canvasPoint, places, wireAt } from "./geometry.ts";
import { editPlaces } from "./make-way.ts";

/** Whether a card that is being dragged stands free, so that a wire could take it in. */
function insertable(key: string): boolean {
  const { flow, analysis } = documentStore.getState();
  const shape = analysis?.nodes[key];
  return shape !== undefined && canInsert(shape) && !flow.edges.some(({ from, to }) => from === key || to === key);
}

/** The body that dragged cards would come into: the one under the pointer; for what can't be in a body, the flow itself. */
function bodyUnder(nodes: readonly CanvasNode[], at: Position, all: Places): string | undefined {
  const { analysis } = documentStore.getState();
  if (nodes.some(({ id }) => !canBeInBody(analysis?.nodes[id]))) return undefined;
  return frameAt(all, at, new Set(nodes.map(({ id }) => id)));
}

/** While cards are dragged: the wire under the pointer that would take one in lights up, and so does the frame that they would come into. */
export function dragCard(nodes: readonly CanvasNode[], x: number, y: number): void {
  const [only, ...more] = nodes;
  const { flow } = documentStore.getState();
  const wire = only && more.length === 0 && insertable(only.id) ? wireAt(x, y) : null;
  const edge = wire === null ? undefined : edgeOf(wire);
  const dropEdge = edge ? wire : null;
  const under = edge ? flow.parents[edge.from] : bodyUnder(nodes, canvasPoint(x, y), places());
  const changes = nodes.some(({ id }) => flow.parents[id] !== under);
  const drop = { dropEdge, dropBody: changes ? (under ?? OUTSIDE) : null };
  const now = useCanvasUi.getState();
  if (drop.dropEdge !== now.dropEdge || drop.dropBody !== now.dropBody)
    now.set({ ...drop, dragged: nodes.map(({ id }) => id) });
}

/** Where cards are dragged to when they leave every frame. */
const OUTSIDE = "";

/** Cards were let go: they stand there from now on, in the body that was lit, and a wire that was lit takes its card in. */
export function dropCards(nodes: readonly CanvasNode[]): void {
  const { dropEdge, dropBody, set } = useCanvasUi.getState();
  set({ dropEdge: null, dropBody: null, dragged: [] });
  const { flow, analysis } = documentStore.getState();
  const all = places();
  const [first] = nodes;
  if (!first) return;
  const to = dropBody === null ? undefined : dropBody === OUTSIDE ? null : dropBody;
  const command = to === undefined ? moved(flow, nodes, all) : carried(flow, nodes, { to, all });
  if (!command) return;
  const edge = dropEdge === null ? undefined : edgeOf(dropEdge);
  const shape = analysis?.nodes[first.id];
  if (edge && shape)
    editPlaces(
      { do: "batch", commands: [command, ...spliceCommands(edge, first.id, shape)] },
      { label: { key: "insert" } },
    );
  else if (to === undefined) editPlaces(command);
  else editPlaces(command, { label: { key: "carry", name: flow.nodes[first.id]?.title ?? first.id } });
}

const snapped = ([x, y]: Position): Position => [snap(x), snap(y)];

/** Where a card that was let go is, in canvas pixels. */
function pointOf({ id, position }: CanvasNode, all: Places): Position {
  const parent = all.get(all.get(id)?.parent ?? "");
  return [position.x + (parent?.x ?? 0), position.y + (parent?.y ?? 0)];
}

/** Cards that stay in their body. */
function moved(flow: Flow, nodes: readonly CanvasNode[], all: Places): FlowCommand | undefined {
  const at = nodes
    .map((node): [string, Position] => [node.id, snapped(inBody(all, all.get(node.id)?.parent, pointOf(node, all)))])
    .filter(([id, [x, y]]) => flow.layout[id]?.[0] !== x || flow.layout[id]?.[1] !== y);
  if (at.length === 0) return undefined;
  const move: FlowCommand = { do: "node.move", positions: Object.fromEntries(at) };
  return withRoom(flow, move, new Set(at.map(([id]) => flow.parents[id])));
}

/** Cards that come into another body, or out of one. */
function carried(
  flow: Flow,
  nodes: readonly CanvasNode[],
  { to, all }: { to: string | null; all: Places },
): FlowCommand {
  const at = new Map(
    nodes.map((node): [string, Position] => [node.id, snapped(inBody(all, to ?? undefined, pointOf(node, all)))]),
  );
  const { commands, cut } = reparent(flow, to, at);
  if (cut > 0) notify.say(translate("canvas:body.cut", { count: cut }), translate("canvas:body.cutWhy"));
  return withRoom(flow, { do: "batch", commands }, new Set([to ?? undefined]));
}

/** Frames make room for what was put left of or above their corner. */
function withRoom(flow: Flow, command: FlowCommand, bodies: ReadonlySet<string | undefined>): FlowCommand {
  const after = applyCommand(flow, command).flow;
  const at = positions(after);
  const room = [...bodies].flatMap((body) => (body === undefined ? [] : pullOrigin(after, body, at)));
  return room.length === 0 ? command : { do: "batch", commands: [command, ...room] };
}
