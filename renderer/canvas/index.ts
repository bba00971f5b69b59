export { arrangeAll, selectAll } from "./act/selection-actions.ts";
export { addStep } from "./act/add.ts";
export { toggleBreakpoints } from "./act/debug.ts";
export { useContainerTypes, wrapSelection } from "./act/wrap.ts";
export { openQuickAdd } from "./act/quick-add.ts";
export { fitWhileResized, view } from "./act/view.ts";
export { Canvas } from "./canvas.tsx";
export { Palette } from "./palette/palette.tsx";
