import { useLayoutEffect, useReducer, useRef, type RefObject } from "react";
import type { FlowNode } from "../../../engine/flow/index.ts";
import { useDocument } from "../../document/store.ts";
import type { Detail } from "../detail.ts";
import { MANY } from "../many.ts";
import { FullHeights } from "./full-heights.ts";
import type { NodeFacts } from "./use-node.ts";

const heights = new FullHeights<FlowNode>();

interface Drawn {
  facts: NodeFacts;
  detail: Detail;
  /** What React Flow measured, or assumed. */
  height: number | undefined;
}

/**
 * How tall a card is that is seen from afar: as tall as with all that it says, so that nothing moves when one comes nearer. Undefined
 * while it has to be drawn in full, because it is near or because that height isn't known yet.
 */
export function useFarHeight({ facts, detail, height }: Drawn): {
  card: RefObject<HTMLDivElement | null>;
  farHeight: number | undefined;
} {
  const card = useRef<HTMLDivElement>(null);
  const [, drawAgain] = useReducer((count: number) => count + 1, 0);
  // Cards of a large flow come and go as it is panned: each would be drawn twice.
  const many = useDocument((state) => Object.keys(state.flow.nodes).length > MANY);
  const { node, shape } = facts;
  const away = detail !== "full";
  const farHeight = away ? (heights.of(node, shape) ?? (many ? height : undefined)) : undefined;
  const isFull = farHeight === undefined;
  useLayoutEffect(() => {
    if (!isFull || !card.current) return;
    const learned = heights.learn(node, shape, card.current.offsetHeight);
    if (learned && away) drawAgain();
  }, [isFull, node, shape, height, away]);
  return { card, farHeight };
}
