import {
  bindingId,
  edgeId,
  type Flow,
  type FlowCommand,
  type Position,
  type SimpleCommand,
} from "../../../engine/flow/index.ts";
import { edit } from "../../document/edits.ts";
import { knownType } from "../../document/shapes.ts";
import { documentStore } from "../../document/store.ts";
import { translate } from "../../i18n/index.ts";
import { notify } from "../../ui/index.ts";
import { useSelection } from "../../selection/store.ts";
import { arrange as arrangeFlow, type Measured } from "../edit/arrange.ts";
import { duplicateCommands, fragmentText, pasteCommands, type Pasted } from "../edit/fragment.ts";
import { canBeInBody } from "../edit/add-node.ts";
import { outermost } from "../edit/bodies.ts";
import { frameAt, inBody } from "../graph/frames.ts";
import { freePlace, positions } from "../graph/place.ts";
import { useCanvasUi } from "../ui-store.ts";
import { foldedKeys } from "../folded.ts";
import { boxesIn, places } from "./geometry.ts";
import { editPlaces } from "./make-way.ts";
import { view } from "./view.ts";

const flowNow = (): Flow => documentStore.getState().flow;
const batch = (commands: FlowCommand[]): FlowCommand => ({ do: "batch", commands });

/** Takes the selected nodes and wires away, as one edit. */
export function removeSelection(): void {
  const flow = flowNow();
  const { nodes, edges, clear } = useSelection.getState();
  const commands: SimpleCommand[] = [
    ...flow.edges
      .filter((edge) => edges.includes(edgeId(edge)))
      .map((edge): SimpleCommand => ({ do: "edge.disconnect", edge })),
    ...flow.bindings
      .filter((binding) => edges.includes(bindingId(binding)))
      .map((binding): SimpleCommand => ({ do: "binding.unbind", binding })),
    // What is in the body of a container goes with it.
    ...outermost(
      flow,
      nodes.filter((key) => key in flow.nodes),
    ).map((key): SimpleCommand => ({ do: "node.remove", key })),
  ];
  if (commands.length === 0) return;
  clear();
  edit(batch(commands));
  // The card that had the focus is gone; the canvas goes on listening to the keyboard.
  document.querySelector<HTMLElement>(".canvas")?.focus({ preventScroll: true });
}

function take(pasted: Pasted | null, key: "paste" | "duplicate"): boolean {
  if (!pasted || pasted.keys.length === 0) return false;
  if (!editPlaces(batch(pasted.commands), { label: { key } })) return false;
  useSelection.getState().select(pasted.keys);
  return true;
}

export function duplicateSelection(): void {
  const { nodes } = useSelection.getState();
  if (nodes.length > 0) take(duplicateCommands(flowNow(), nodes), "duplicate");
}

/** The selected nodes as text; null when none is. */
export function selectionText(): string | null {
  const { nodes } = useSelection.getState();
  return nodes.length === 0 ? null : fragmentText(flowNow(), nodes);
}

/**
 * Adds what the text holds: at a point of the canvas and into the frame there, or into the selected container. False when it holds no nodes.
 */
export function pasteText(text: string, point?: Position): boolean {
  const all = places();
  const [selected, ...more] = useSelection.getState().nodes;
  const open = selected !== undefined && more.length === 0 && all.get(selected)?.body ? selected : undefined;
  const parent = point ? frameAt(all, point) : open;
  const at = point ? inBody(all, parent, point) : parent === undefined ? undefined : freeIn(parent);
  const pasted = pasteCommands(flowNow(), text, { at, parent });
  const entry = parent !== undefined && pasted?.keys.some((key) => !canBeInBody(shapeOfAdded(pasted, key)));
  if (entry) {
    notify.say(translate("canvas:refused.entryInBody"));
    return true;
  }
  return take(pasted, "paste");
}

const shapeOfAdded = ({ commands }: Pasted, key: string) => {
  const add = commands.find((command) => command.do === "node.add" && command.key === key);
  return add?.do === "node.add" ? knownType(add.node.type)?.shape : undefined;
};

/** The upper left free place of a body. */
const freeIn = (parent: string): Position => {
  const all = places();
  const body = all.get(parent)?.body ?? [0, 0];
  return inBody(all, parent, freePlace(body, boxesIn(parent)));
};

/** Selects everything in the body that the selection is in; asked once more, everything of the flow. */
export function selectAll(): void {
  const flow = flowNow();
  const { nodes, select } = useSelection.getState();
  const [first] = nodes;
  const home = first === undefined ? undefined : flow.parents[first];
  const here = siblings(flow, home);
  const done = here.every((key) => nodes.includes(key));
  select(done ? siblings(flow, undefined) : here);
}

const siblings = (flow: Flow, parent: string | undefined): string[] =>
  Object.keys(flow.nodes).filter((key) => flow.parents[key] === parent);

/** Selects everything in the body of a container. */
export const selectInside = (container: string): void => {
  const inner = siblings(flowNow(), container);
  if (inner.length > 0) useSelection.getState().select(inner);
};

/** Goes into the body of the selected container, to the step that it begins with. */
export function enterBody(): void {
  const flow = flowNow();
  const [key] = useSelection.getState().nodes;
  const inner = key === undefined ? [] : siblings(flow, key);
  const first = inner.find((one) => !flow.edges.some(({ to }) => to === one)) ?? inner[0];
  if (first !== undefined && places().get(first)?.hidden === false) useSelection.getState().select([first]);
}

/** Goes from a step to the container that it is in. */
export function leaveBody(): void {
  const [key] = useSelection.getState().nodes;
  const parent = key === undefined ? undefined : flowNow().parents[key];
  if (parent !== undefined) useSelection.getState().select([parent]);
}

/** Moves the selected cards by keys; strokes that follow each other are one edit. */
export function nudge(dx: number, dy: number): void {
  const { nodes } = useSelection.getState();
  const flow = flowNow();
  const at = positions(flow);
  const moved = outermost(
    flow,
    nodes.filter((key) => at[key]),
  ).map((key): [string, Position] => [key, [at[key]![0] + dx, at[key]![1] + dy]]);
  if (moved.length > 0)
    editPlaces({ do: "node.move", positions: Object.fromEntries(moved) }, { merge: `nudge ${nodes.join(" ")}` });
}

/** Goes along a wire from the selected step to the next or the one before. */
export function selectNeighbour(direction: "next" | "previous"): void {
  const [key] = useSelection.getState().nodes;
  const edge = flowNow().edges.find((candidate) => (direction === "next" ? candidate.from : candidate.to) === key);
  if (edge) useSelection.getState().select([direction === "next" ? edge.to : edge.from]);
}

function measured(): Measured[] {
  const { instance } = useCanvasUi.getState();
  return [...places().values()].map((box) => {
    const bounds = instance?.getInternalNode(box.key)?.internals.handleBounds?.source ?? [];
    return {
      ...box,
      ports: Object.fromEntries(
        bounds.map((port) => [(port.id ?? "").replace(/^port:/, ""), port.y + port.height / 2]),
      ),
    };
  });
}

/** Lays the whole flow out, as one edit, and shows all of it. */
export async function arrangeAll(): Promise<void> {
  const before = flowNow();
  const placed = await arrangeFlow(before, measured(), new Set(foldedKeys()));
  if (flowNow() !== before || Object.keys(placed).length === 0) return;
  edit({ do: "node.move", positions: placed }, { label: { key: "arrange" } });
  requestAnimationFrame(() => view.fit());
}

/** Switches the selected steps off, or on when all are off. */
export function toggleDisabled(): void {
  const { nodes } = useSelection.getState();
  const flow = flowNow();
  const off = nodes.every((key) => flow.nodes[key]?.disabled);
  const commands = nodes
    .filter((key) => key in flow.nodes)
    .map((key): SimpleCommand => ({ do: "node.configure", key, path: ["disabled"], ...(!off && { value: true }) }));
  if (commands.length > 0) edit(batch(commands));
}
