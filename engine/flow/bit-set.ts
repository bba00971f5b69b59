/** Sets of small whole numbers as bits: what makes ancestor questions cheap in flows of thousands of steps. */
export class BitSet {
  private readonly words: Uint32Array;
  /** Where in the words it begins: many sets share them. */
  private readonly start: number;
  private readonly width: number;
  /** Words outside of these hold nothing: most sets are far smaller than what they could hold. */
  private low: number;
  private high = 0;

  /** For numbers below `size`. */
  constructor(size: number, shared?: { words: Uint32Array; start: number }) {
    this.width = (size + 31) >>> 5;
    this.low = this.width;
    this.words = shared?.words ?? new Uint32Array(this.width);
    this.start = shared?.start ?? 0;
  }

  /** So many empty sets at once, side by side in memory. */
  static many(count: number, size: number): BitSet[] {
    const width = (size + 31) >>> 5;
    const words = new Uint32Array(width * count);
    return Array.from({ length: count }, (_, at) => new BitSet(size, { words, start: at * width }));
  }

  add(index: number): void {
    const word = index >>> 5;
    this.words[this.start + word]! |= 1 << (index & 31);
    this.reach(word, word + 1);
  }

  delete(index: number): void {
    this.words[this.start + (index >>> 5)]! &= ~(1 << (index & 31));
  }

  has(index: number): boolean {
    return (this.words[this.start + (index >>> 5)]! & (1 << (index & 31))) !== 0;
  }

  clear(): void {
    const { words, start, low, high } = this;
    for (let word = low; word < high; word++) words[start + word] = 0;
    this.low = this.width;
    this.high = 0;
  }

  /** Becomes the same set as another one. */
  become(other: BitSet): void {
    this.clear();
    this.addAll(other);
  }

  addAll(other: BitSet): void {
    const { words, start } = this;
    const { words: from, start: at, low, high } = other;
    for (let word = low; word < high; word++) words[start + word]! |= from[at + word]!;
    this.reach(low, high);
  }

  keepOnly(other: BitSet): void {
    const { words, start, low, high } = this;
    const { words: from, start: at } = other;
    for (let word = low; word < high; word++) words[start + word]! &= from[at + word]!;
  }

  private reach(low: number, high: number): void {
    if (low < this.low) this.low = low;
    if (high > this.high) this.high = high;
  }
}
