import {
  bindingId,
  edgeId,
  type Flow,
  type FlowCommand,
  type Position,
  type SimpleCommand,
} from "../../../engine/flow/index.ts";
import { edit } from "../../document/edits.ts";
import { documentStore } from "../../document/store.ts";
import { useSelection } from "../../selection/store.ts";
import { arrange as arrangeFlow, type Measured } from "../edit/arrange.ts";
import { duplicateCommands, fragmentText, pasteCommands, type Pasted } from "../edit/fragment.ts";
import { positions } from "../graph/place.ts";
import { useCanvasUi } from "../ui-store.ts";
import { boxes } from "./geometry.ts";
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
    ...nodes.filter((key) => key in flow.nodes).map((key): SimpleCommand => ({ do: "node.remove", key })),
  ];
  if (commands.length === 0) return;
  clear();
  edit(batch(commands));
  // The card that had the focus is gone; the canvas goes on listening to the keyboard.
  document.querySelector<HTMLElement>(".canvas")?.focus({ preventScroll: true });
}

function take(pasted: Pasted | null, key: "paste" | "duplicate"): boolean {
  if (!pasted || pasted.keys.length === 0) return false;
  if (!edit(batch(pasted.commands), { label: { key } })) return false;
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

/** Adds what the text holds. False when it holds no nodes. */
export const pasteText = (text: string, at: Position | null = null): boolean =>
  take(pasteCommands(flowNow(), text, at), "paste");

export function selectAll(): void {
  useSelection.getState().select(Object.keys(flowNow().nodes));
}

/** Moves the selected cards by keys; strokes that follow each other are one edit. */
export function nudge(dx: number, dy: number): void {
  const { nodes } = useSelection.getState();
  const places = positions(flowNow());
  const moved = nodes
    .filter((key) => places[key])
    .map((key): [string, Position] => [key, [places[key]![0] + dx, places[key]![1] + dy]]);
  if (moved.length > 0)
    edit({ do: "node.move", positions: Object.fromEntries(moved) }, { merge: `nudge ${nodes.join(" ")}` });
}

/** Goes along a wire from the selected step to the next or the one before. */
export function selectNeighbour(direction: "next" | "previous"): void {
  const [key] = useSelection.getState().nodes;
  const edge = flowNow().edges.find((candidate) => (direction === "next" ? candidate.from : candidate.to) === key);
  if (edge) useSelection.getState().select([direction === "next" ? edge.to : edge.from]);
}

function measured(): Measured[] {
  const { instance } = useCanvasUi.getState();
  return boxes().map((box) => {
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
  const placed = await arrangeFlow(before, measured());
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
