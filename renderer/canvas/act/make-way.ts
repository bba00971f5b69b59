import { applyCommand, type Flow, type FlowCommand, type SimpleCommand } from "../../../engine/flow/index.ts";
import { editLabel } from "../../document/edit-label.ts";
import { edit } from "../../document/edits.ts";
import type { ApplyOptions } from "../../document/state.ts";
import { documentStore } from "../../document/store.ts";
import { makeWay } from "../edit/make-way.ts";
import { places } from "./geometry.ts";

/** Applies an edit of what stands on the canvas; neighbours of frames that it makes larger move aside with it, as one undo step. */
export function editPlaces(command: FlowCommand, options?: ApplyOptions): boolean {
  const { flow } = documentStore.getState();
  return edit(withWay(flow, command), { label: editLabel(flow, command), ...options });
}

function withWay(flow: Flow, command: FlowCommand): FlowCommand {
  const { flow: after } = applyCommand(flow, command);
  const positions = makeWay({ before: places(), after, placesOf: places });
  if (Object.keys(positions).length === 0) return command;
  const move: SimpleCommand = { do: "node.move", positions };
  return { do: "batch", commands: [command, move] };
}
