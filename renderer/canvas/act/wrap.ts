import { useMemo } from "react";
import type { Position } from "../../../engine/flow/index.ts";
import type { NodeType } from "../../../engine/rpc/contract.ts";
import { knownType, useShapes } from "../../document/shapes.ts";
import { documentStore } from "../../document/store.ts";
import { currentLanguage, translate } from "../../i18n/index.ts";
import { useNodeTypes } from "../../rpc/index.ts";
import { useSelection } from "../../selection/store.ts";
import { notify } from "../../ui/index.ts";
import { inFrame } from "./add.ts";
import { editPlaces } from "./make-way.ts";
import { addNode, canBeInBody } from "../edit/add-node.ts";
import { outermost, wrap } from "../edit/bodies.ts";
import { BODY_ORIGIN } from "../graph/frames.ts";
import { positions } from "../graph/place.ts";

/** The types of nodes that hold a body. */
export function useContainerTypes(): readonly NodeType[] {
  const types = useNodeTypes();
  const shapes = useShapes();
  return useMemo(() => types.filter(({ type }) => shapes[type]?.body !== undefined), [types, shapes]);
}

/** Puts a container of a type around the selected steps, wired in their place. */
export function wrapSelection(typeName: string): void {
  const known = knownType(typeName);
  const { flow, analysis } = documentStore.getState();
  const { nodes, select } = useSelection.getState();
  const keys = outermost(
    flow,
    nodes.filter((key) => key in flow.nodes),
  );
  if (!known || keys.length === 0) return;
  if (keys.some((key) => !canBeInBody(analysis?.nodes[key]))) return refuse("entryInBody");
  const at = positions(flow);
  const left = Math.min(...keys.map((key) => at[key]![0]));
  const top = Math.min(...keys.map((key) => at[key]![1]));
  const inner = new Map(keys.map((key): [string, Position] => [key, [at[key]![0] - left, at[key]![1] - top]]));
  const added = addNode(flow, known.type, {
    at: [left - BODY_ORIGIN[0], top - BODY_ORIGIN[1]],
    parent: flow.parents[keys[0]!],
  });
  const wrapped = wrap(flow, keys, { ...added, add: added.command, port: known.shape.ports[0]?.id ?? "out" }, inner);
  if (!wrapped) return refuse("severalBodies");
  const name = known.type.title[currentLanguage()];
  const command = inFrame({ do: "batch", commands: wrapped.commands }, flow.parents[keys[0]!]);
  if (!editPlaces(command, { label: { key: "wrap", name } })) return;
  if (wrapped.cut > 0)
    notify.say(translate("canvas:body.cut", { count: wrapped.cut }), translate("canvas:body.cutWhy"));
  select([added.key]);
}

const refuse = (why: "entryInBody" | "severalBodies"): void => void notify.say(translate(`canvas:refused.${why}`));
