import type { BindingKind, Edge, FlowCommand, NodeAnalysis, Position } from "../../../engine/flow/index.ts";
import { applyCommand, ERROR_PORT, edgeId, UNDO_PORT } from "../../../engine/flow/index.ts";
import { knownType } from "../../document/shapes.ts";
import { documentStore } from "../../document/store.ts";
import { currentLanguage, translate } from "../../i18n/index.ts";
import { useSelection } from "../../selection/store.ts";
import { notify } from "../../ui/index.ts";
import {
  addAtEnd,
  addNode,
  canBeInBody,
  canInsert,
  insertOnEdge,
  type Added,
  type LooseEnd,
} from "../edit/add-node.ts";
import { pullOrigin } from "../edit/bodies.ts";
import { slotFor } from "../edit/connect.ts";
import { inBody } from "../graph/frames.ts";
import { CARD_HEIGHT, CARD_WIDTH, freePlace, positions, type Box } from "../graph/place.ts";
import { boxesIn, places, visibleCentre } from "./geometry.ts";
import { editPlaces } from "./make-way.ts";
import { reveal } from "./view.ts";

interface Where {
  /** The card's top left corner, in canvas pixels. */
  at?: Position;
  /** The container whose body it joins. */
  parent?: string;
  end?: LooseEnd;
  edge?: Edge;
}

const BESIDE = CARD_WIDTH + 80;
const BELOW = 60;

/** Adds a step where the person asked for it, joined with what it was asked from, and selects it. */
export function addStep(typeName: string, where: Where = {}): void {
  const known = knownType(typeName);
  const { flow } = documentStore.getState();
  if (!known) return;
  const continues = !where.at && !where.edge && !where.end ? afterSelection(known.shape) : undefined;
  const end = where.end ?? continues?.end;
  const parent = bodyOf(where, end);
  if (parent !== undefined && !canBeInBody(known.shape)) {
    notify.say(translate("canvas:refused.entryInBody"));
    return;
  }
  const point = where.at ?? continues?.at ?? somewhereFree();
  const standing = { at: inBody(places(), parent, point), parent };
  let added: Added;
  if (where.edge && canInsert(known.shape)) added = insertOnEdge(flow, known, where.edge, standing);
  else if (end) added = addAtEnd(flow, known, end, standing);
  else added = addNode(flow, known.type, standing);
  const name = known.type.title[currentLanguage()];
  if (!editPlaces(inFrame(added.command, parent), { label: { key: where.edge ? "insert" : "add", name } })) return;
  useSelection.getState().select([added.key]);
  reveal(added.key);
}

/** A wire stays in the body that it is in, and so does what is added to it; otherwise the place decides. */
function bodyOf(where: Where, end: LooseEnd | undefined): string | undefined {
  const { parents } = documentStore.getState().flow;
  if (where.edge) return parents[where.edge.from];
  return end ? parents[end.node] : where.parent;
}

/** The frame makes room for what stands left of or above its corner. */
export function inFrame(command: FlowCommand, parent: string | undefined): FlowCommand {
  if (parent === undefined) return command;
  const after = applyCommand(documentStore.getState().flow, command).flow;
  return { do: "batch", commands: [command, ...pullOrigin(after, parent, positions(after))] };
}

/** In the middle of what is seen, clear of the cards and of the wires between them. */
export function somewhereFree(): Position {
  const [x, y] = visibleCentre();
  return freePlace([x - CARD_WIDTH / 2, y - CARD_HEIGHT / 2], [...boxesIn(undefined), ...spans()]);
}

/** The stretch between two cards that a wire joins. */
function spans(): Box[] {
  const { flow } = documentStore.getState();
  const all = places();
  return flow.edges.flatMap(({ from, to }) => {
    const [a, b] = [all.get(from), all.get(to)];
    if (!a || !b || a.parent !== undefined || b.x <= a.x) return [];
    const top = Math.min(a.y, b.y);
    return [{ x: a.x, y: top, width: b.x + b.width - a.x, height: Math.max(a.y, b.y) + CARD_HEIGHT - top }];
  });
}

/** Where a step added without a place goes: after the selected step, by its first way out that leads nowhere yet. */
function afterSelection(shape: NodeAnalysis): { end: LooseEnd; at: Position } | undefined {
  const [selected, ...more] = useSelection.getState().nodes;
  if (selected === undefined || more.length > 0) return undefined;
  if (shape.provides) return belowSelection(selected, shape.provides);
  return shape.role === "step" && shape.hasInput ? nextPlace(selected) : undefined;
}

/** A resource added while a step is selected that can use it is bound to that step. */
function belowSelection(selected: string, provides: BindingKind): { end: LooseEnd; at: Position } | undefined {
  const slot = slotFor(documentStore.getState().analysis?.nodes[selected], provides);
  const box = places().get(selected);
  if (!slot || !box) return undefined;
  const end: LooseEnd = { node: selected, handle: { kind: "slot", slot }, binding: provides };
  return { end, at: freePlace([box.x, box.y + box.height + BELOW], boxesIn(box.parent)) };
}

/** The first way out of a step that leads nowhere yet. */
export function freePort(key: string): string | undefined {
  const { flow, analysis } = documentStore.getState();
  const shape = analysis?.nodes[key] ?? knownType(flow.nodes[key]?.type ?? "")?.shape;
  return shape?.ports.find(
    ({ id }) => id !== ERROR_PORT && !flow.edges.some((edge) => edge.from === key && edge.port === id),
  )?.id;
}

/** The loose end of a step's first free way out, and where a card after it would stand. */
export function nextPlace(key: string): { end: LooseEnd; at: Position } | undefined {
  const port = freePort(key);
  return port === undefined ? undefined : placeAfter(key, port);
}

/** The loose end of a way out, and where a card after it would stand. */
export function placeAfter(key: string, port: string): { end: LooseEnd; at: Position } | undefined {
  const box = places().get(key);
  if (!box) return undefined;
  const end: LooseEnd = { node: key, handle: { kind: "port", port } };
  const aside = port === ERROR_PORT || port === UNDO_PORT;
  const at: Position = aside
    ? [box.x + 60, box.y + box.height + BELOW]
    : [box.x + box.width + BESIDE - CARD_WIDTH, box.y];
  return { end, at: freePlace(at, boxesIn(box.parent)) };
}

/** The edge of an id. */
export const edgeOf = (id: string): Edge | undefined =>
  documentStore.getState().flow.edges.find((edge) => edgeId(edge) === id);
