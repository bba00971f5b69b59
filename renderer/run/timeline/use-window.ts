import { useEffect, useState, type RefObject } from "react";

/** Rows drawn beyond the visible ones, so that scrolling never shows a gap. */
const OVERSCAN = 12;

/** Which rows of equal height are in sight of a scrolling element: `[first, end)`. */
export function visibleRows(place: { top: number; height: number }, rowHeight: number, count: number) {
  const first = Math.max(0, Math.floor(place.top / rowHeight) - OVERSCAN);
  const end = Math.min(count, Math.ceil((place.top + place.height) / rowHeight) + OVERSCAN);
  return { first: Math.min(first, count), end: Math.max(end, 0) };
}

/** The same for an element, followed as it scrolls and grows: only these rows are drawn of a list of any length. */
export function useWindow(scroller: RefObject<HTMLElement | null>, rowHeight: number, count: number) {
  const [place, setPlace] = useState({ top: 0, height: 600 });
  useEffect(() => {
    const element = scroller.current;
    if (!element) return;
    const look = () => setPlace({ top: element.scrollTop, height: element.clientHeight });
    const sizes = new ResizeObserver(look);
    sizes.observe(element);
    element.addEventListener("scroll", look, { passive: true });
    return () => {
      sizes.disconnect();
      element.removeEventListener("scroll", look);
    };
  }, [scroller]);
  return visibleRows(place, rowHeight, count);
}
