/**
 * How tall cards came out that were drawn in full. A height counts only for what the card said then: a card that was measured before
 * the host told what its step looks like is too low for what comes.
 */
export class FullHeights<Node extends object> {
  readonly #known = new WeakMap<Node, { shape: object; height: number }>();

  /** Undefined until the card was measured as it is now. */
  of(node: Node | undefined, shape: object | undefined): number | undefined {
    const known = node && this.#known.get(node);
    return known && known.shape === shape ? known.height : undefined;
  }

  /** Keeps the height of a card that was drawn with this shape. False when there is nothing to keep. */
  learn(node: Node | undefined, shape: object | undefined, height: number): boolean {
    if (!node || !shape || height === 0) return false;
    this.#known.set(node, { shape, height });
    return true;
  }
}
