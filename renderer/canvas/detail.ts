import { createContext, use } from "react";

/** How much of a card can be read at the zoom: all of it, its icon and title, or only its colour. */
export type Detail = "full" | "title" | "block";

export function detailAt(zoom: number): Detail {
  if (zoom >= 0.55) return "full";
  return zoom >= 0.25 ? "title" : "block";
}

export const DetailContext = createContext<Detail>("full");
export const useDetail = (): Detail => use(DetailContext);
