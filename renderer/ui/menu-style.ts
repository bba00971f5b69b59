/** Everything that floats: menus, popovers, lists. */
export const SURFACE =
  "z-50 animate-pop rounded-[8px] border border-line bg-raised text-13 text-ink shadow-float outline-none";
export const MENU_SURFACE = `${SURFACE} min-w-44 overflow-y-auto p-1`;
export const MENU_ITEM =
  "flex h-7 cursor-default items-center gap-2 rounded-control px-2 text-13 text-ink outline-none select-none data-disabled:pointer-events-none data-disabled:opacity-45 data-highlighted:bg-hover";
export const MENU_LABEL = "px-2 pt-1.5 pb-0.5 text-11 font-semibold text-ink-3";
export const MENU_SEPARATOR = "-mx-1 my-1 h-px bg-line";
