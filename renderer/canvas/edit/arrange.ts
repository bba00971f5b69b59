import type { ElkNode, ElkPort } from "elkjs/lib/elk-api.js";
import {
  containersAround,
  ERROR_PORT,
  UNDO_PORT,
  type Edge,
  type Flow,
  type Position,
} from "../../../engine/flow/index.ts";
import { frameSize } from "../graph/frames.ts";
import { snapPosition, type Box } from "../graph/place.ts";

/** Gap between a step and what is bound to it, and between two such things. */
const BELOW = 60;
const BESIDE = 20;
/** How far below a card's top the way in is. */
const TITLE_LINE = 30;

export interface Measured extends Box {
  key: string;
  /** Heights of the ports on the card, from its top. */
  ports: Readonly<Record<string, number>>;
}

interface Group {
  step: Measured;
  /** What is bound to it and nothing before it. */
  resources: Measured[];
}

function groupResources(flow: Flow, boxes: readonly Measured[]): { groups: Group[]; left: Measured[] } {
  const wired = new Set(flow.edges.flatMap(({ from, to }) => [from, to]));
  const hostOf = new Map<string, string>();
  for (const { from, to } of flow.bindings) if (!hostOf.has(from)) hostOf.set(from, to);
  const groups = boxes
    .filter(({ key }) => !hostOf.has(key) && (wired.has(key) || [...hostOf.values()].includes(key)))
    .map((step) => ({ step, resources: boxes.filter(({ key }) => hostOf.get(key) === step.key) }));
  const placed = new Set(groups.flatMap(({ step, resources }) => [step.key, ...resources.map(({ key }) => key)]));
  return { groups, left: boxes.filter(({ key }) => !placed.has(key)) };
}

const isAside = ({ port }: Edge): boolean => port === ERROR_PORT || port === UNDO_PORT;

/** The steps that a run comes to when all goes well; the others undo one or deal with its error. */
function mainWay(flow: Flow): ReadonlySet<string> {
  const entered = new Set(flow.edges.map(({ to }) => to));
  const found = new Set(Object.keys(flow.nodes).filter((key) => !entered.has(key)));
  for (const key of found) for (const edge of flow.edges) if (edge.from === key && !isAside(edge)) found.add(edge.to);
  return found;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

function size({ step, resources }: Group): { width: number; height: number } {
  if (resources.length === 0) return step;
  const row = sum(resources.map(({ width }) => width)) + BESIDE * (resources.length - 1);
  return {
    width: Math.max(step.width, row),
    height: step.height + BELOW + Math.max(...resources.map(({ height }) => height)),
  };
}

function toElk(flow: Flow, group: Group): ElkNode {
  const { step } = group;
  const port = (id: string, x: number, y: number): ElkPort => ({ id: `${step.key} ${id}`, x, y, width: 1, height: 1 });
  const used = new Set(flow.edges.filter(({ from }) => from === step.key).map((edge) => edge.port));
  const width = size(group).width;
  return {
    id: step.key,
    ...size(group),
    ports: [
      port("in", 0, TITLE_LINE),
      ...[...used].map((id) => port(`port:${id}`, width, step.ports[id] ?? step.height - 20)),
    ],
    layoutOptions: { "elk.portConstraints": "FIXED_POS" },
  };
}

const OPTIONS = {
  "elk.algorithm": "layered",
  "elk.direction": "RIGHT",
  "elk.layered.spacing.nodeNodeBetweenLayers": "80",
  "elk.spacing.nodeNode": "50",
  "elk.layered.nodePlacement.strategy": "NETWORK_SIMPLEX",
  "elk.layered.considerModelOrder.strategy": "NODES_AND_EDGES",
  "elk.separateConnectedComponents": "true",
};

/**
 * Places for every step by what follows what, left to right, and what is bound below the step that uses it. Bodies are laid out first, from
 * the inside, so that each container counts with the size that it then has. Loads the engine on first use.
 */
export async function arrange(
  flow: Flow,
  boxes: readonly Measured[],
  folded: ReadonlySet<string> = new Set(),
): Promise<Record<string, Position>> {
  const parents = new Set(Object.values(flow.parents));
  const depthFirst = [...parents].toSorted(
    (a, b) => containersAround(flow, b).length - containersAround(flow, a).length,
  );
  const sized = new Map(boxes.map((box) => [box.key, box]));
  const placed: Record<string, Position> = {};
  for (const body of [...depthFirst, undefined]) {
    const inside = [...sized.values()].filter(({ key }) => flow.parents[key] === body);
    const laid = await arrangeBody(flow, inside);
    const at = body === undefined ? laid : fromOrigin(laid);
    Object.assign(placed, at);
    const frame = body === undefined ? undefined : sized.get(body);
    if (frame && !folded.has(frame.key)) sized.set(frame.key, { ...frame, ...frameSize(inside, at) });
  }
  return placed;
}

/** A body's steps from its upper left corner on. */
function fromOrigin(laid: Readonly<Record<string, Position>>): Record<string, Position> {
  const at = Object.values(laid);
  const [left, top] = [Math.min(...at.map(([x]) => x)), Math.min(...at.map(([, y]) => y))];
  return Object.fromEntries(Object.entries(laid).map(([key, [x, y]]) => [key, [x - left, y - top]]));
}

async function arrangeBody(flow: Flow, boxes: readonly Measured[]): Promise<Record<string, Position>> {
  const { default: Elk } = await import("elkjs/lib/elk.bundled.js");
  const { groups, left } = groupResources(flow, boxes);
  if (groups.length === 0) return standing(boxes);
  const shown = new Set(groups.map(({ step }) => step.key));
  const main = mainWay(flow);
  // What comes first is put above.
  const ordered = [...groups].toSorted((a, b) => Number(main.has(b.step.key)) - Number(main.has(a.step.key)));
  const laid = await new Elk().layout({
    id: "flow",
    layoutOptions: OPTIONS,
    children: ordered.map((group) => toElk(flow, group)),
    edges: flow.edges
      .filter(({ from, to }) => shown.has(from) && shown.has(to))
      .toSorted((a, b) => Number(isAside(a)) - Number(isAside(b)))
      .map((edge, i) => ({
        id: `e${i}`,
        sources: [`${edge.from} port:${edge.port}`],
        targets: [`${edge.to} in`],
        layoutOptions: { "elk.layered.priority.straightness": isAside(edge) ? "0" : "10" },
      })),
  });
  return anchored(groups, left, laid.children ?? []);
}

const standing = (boxes: readonly Measured[]): Record<string, Position> =>
  Object.fromEntries(boxes.map(({ key, x, y }): [string, Position] => [key, [x, y]]));

/** The first card stays where it was: the rest comes to it. Cards that nothing joins keep their places. */
function anchored(
  groups: readonly Group[],
  left: readonly Measured[],
  laid: readonly ElkNode[],
): Record<string, Position> {
  const first = laid[0]!;
  const anchor = groups.find(({ step }) => step.key === first.id)!.step;
  const [dx, dy] = [anchor.x - (first.x ?? 0), anchor.y - (first.y ?? 0)];
  const placed: Record<string, Position> = {};
  for (const group of groups) {
    const node = laid.find(({ id }) => id === group.step.key)!;
    const at: Position = [(node.x ?? 0) + dx, (node.y ?? 0) + dy];
    placed[group.step.key] = snapPosition(at);
    let x = at[0];
    for (const resource of group.resources) {
      placed[resource.key] = snapPosition([x, at[1] + group.step.height + BELOW]);
      x += resource.width + BESIDE;
    }
  }
  for (const { key, x, y } of left) placed[key] = [x, y];
  return placed;
}
