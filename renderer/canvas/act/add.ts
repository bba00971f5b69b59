import type { BindingKind, Edge, NodeAnalysis, Position } from "../../../engine/flow/index.ts";
import { ERROR_PORT, edgeId } from "../../../engine/flow/index.ts";
import { edit } from "../../document/edits.ts";
import { knownType } from "../../document/shapes.ts";
import { documentStore } from "../../document/store.ts";
import { currentLanguage } from "../../i18n/index.ts";
import { useSelection } from "../../selection/store.ts";
import { addAtEnd, addNode, canInsert, insertOnEdge, type Added, type LooseEnd } from "../edit/add-node.ts";
import { slotFor } from "../edit/connect.ts";
import { CARD_HEIGHT, CARD_WIDTH, freePlace } from "../graph/place.ts";
import { boxes, visibleCentre } from "./geometry.ts";
import { reveal } from "./view.ts";

interface Where {
  /** The card's top left corner, in canvas pixels. */
  at?: Position;
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
  const language = currentLanguage();
  const continues = !where.at && !where.edge && !where.end ? afterSelection(known.shape) : undefined;
  const end = where.end ?? continues?.end;
  const at = where.at ?? continues?.at ?? freePlace(centred(visibleCentre()), boxes());
  let added: Added;
  if (where.edge && canInsert(known.shape)) added = insertOnEdge(flow, known, where.edge, at, language);
  else if (end) added = addAtEnd(flow, known, end, at, language);
  else added = addNode(flow, known.type, at, language);
  const name = known.type.title[language];
  if (!edit(added.command, { label: { key: where.edge ? "insert" : "add", name } })) return;
  useSelection.getState().select([added.key]);
  reveal(added.key);
}

const centred = ([x, y]: Position): Position => [x - CARD_WIDTH / 2, y - CARD_HEIGHT / 2];

/** Where a step added without a place goes: after the selected step, by its first way out that leads nowhere yet. */
function afterSelection(shape: NodeAnalysis): { end: LooseEnd; at: Position } | undefined {
  const [selected, ...more] = useSelection.getState().nodes;
  if (shape.provides && selected !== undefined && more.length === 0) return belowSelection(selected, shape.provides);
  if (selected === undefined || more.length > 0 || shape.role !== "step" || !shape.hasInput) return undefined;
  const port = freePort(selected);
  const box = boxes().find(({ key }) => key === selected);
  if (port === undefined || !box) return undefined;
  return { end: looseEndAt(selected, port), at: freePlace([box.x + BESIDE, box.y], boxes()) };
}

/** A resource added while a step is selected that can use it is bound to that step. */
function belowSelection(selected: string, provides: BindingKind): { end: LooseEnd; at: Position } | undefined {
  const slot = slotFor(documentStore.getState().analysis?.nodes[selected], provides);
  const box = boxes().find(({ key }) => key === selected);
  if (!slot || !box) return undefined;
  const end: LooseEnd = { node: selected, handle: { kind: "slot", slot }, binding: provides };
  return { end, at: freePlace([box.x, box.y + box.height + BELOW], boxes()) };
}

const looseEndAt = (node: string, port: string): LooseEnd => ({ node, handle: { kind: "port", port } });

/** The first way out of a step that leads nowhere yet. */
export function freePort(key: string): string | undefined {
  const { flow, analysis } = documentStore.getState();
  const shape = analysis?.nodes[key] ?? knownType(flow.nodes[key]?.type ?? "")?.shape;
  return shape?.ports.find(
    ({ id }) => id !== ERROR_PORT && !flow.edges.some((edge) => edge.from === key && edge.port === id),
  )?.id;
}

/** The loose end of a step's first free way out, and where a card after it would stand: for the list of steps to add. */
export function nextPlace(key: string): { end: LooseEnd; at: Position } | undefined {
  const port = freePort(key);
  const box = boxes().find((candidate) => candidate.key === key);
  if (port === undefined || !box) return undefined;
  return { end: looseEndAt(key, port), at: freePlace([box.x + BESIDE, box.y], boxes()) };
}

/** The edge of an id. */
export const edgeOf = (id: string): Edge | undefined =>
  documentStore.getState().flow.edges.find((edge) => edgeId(edge) === id);
