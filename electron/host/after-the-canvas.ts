/** About what a page takes from its first questions to a drawn canvas. */
const HEAD_START_MS = 800;

/**
 * Begins work that nobody waits for (starting a model, MCP servers) a moment later, so that on a small machine it doesn't take the
 * processor from the page that is being drawn. Who does wait for such a process starts it at once by asking for it.
 */
export function afterTheCanvas(work: () => void): void {
  setTimeout(work, HEAD_START_MS).unref();
}
