/** Sets of small whole numbers as bits: what makes ancestor questions cheap in flows of thousands of steps. */
export class BitSet {
  private readonly words: Uint32Array;

  /** For numbers below `size`. */
  constructor(size: number, words = new Uint32Array((size + 31) >>> 5)) {
    this.words = words;
  }

  /** So many empty sets at once, side by side in memory. */
  static many(count: number, size: number): BitSet[] {
    const width = (size + 31) >>> 5;
    const words = new Uint32Array(width * count);
    return Array.from({ length: count }, (_, at) => new BitSet(size, words.subarray(at * width, (at + 1) * width)));
  }

  add(index: number): void {
    this.words[index >>> 5]! |= 1 << (index & 31);
  }

  delete(index: number): void {
    this.words[index >>> 5]! &= ~(1 << (index & 31));
  }

  has(index: number): boolean {
    return (this.words[index >>> 5]! & (1 << (index & 31))) !== 0;
  }

  clear(): void {
    this.words.fill(0);
  }

  /** Becomes the same set as another one. */
  become(other: BitSet): void {
    this.words.set(other.words);
  }

  addAll(other: BitSet): void {
    const { words } = this;
    const added = other.words;
    for (let word = 0; word < words.length; word++) words[word]! |= added[word]!;
  }

  keepOnly(other: BitSet): void {
    const { words } = this;
    const kept = other.words;
    for (let word = 0; word < words.length; word++) words[word]! &= kept[word]!;
  }

  copy(): BitSet {
    return new BitSet(0, this.words.slice());
  }
}
