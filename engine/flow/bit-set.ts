/** Sets of small whole numbers as bits: what makes ancestor questions cheap in flows of thousands of steps. */
export class BitSet {
  private readonly words: Uint32Array;
  /** Where in the words it begins: many sets share them. */
  private readonly start: number;
  private readonly width: number;

  /** For numbers below `size`. */
  constructor(size: number, shared?: { words: Uint32Array; start: number }) {
    this.width = (size + 31) >>> 5;
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
    this.words[this.start + (index >>> 5)]! |= 1 << (index & 31);
  }

  delete(index: number): void {
    this.words[this.start + (index >>> 5)]! &= ~(1 << (index & 31));
  }

  has(index: number): boolean {
    return (this.words[this.start + (index >>> 5)]! & (1 << (index & 31))) !== 0;
  }

  clear(): void {
    this.words.fill(0, this.start, this.start + this.width);
  }

  /** Becomes the same set as another one. */
  become(other: BitSet): void {
    const { words, start, width } = this;
    const from = other.words;
    const at = other.start;
    for (let word = 0; word < width; word++) words[start + word] = from[at + word]!;
  }

  addAll(other: BitSet): void {
    const { words, start, width } = this;
    const from = other.words;
    const at = other.start;
    for (let word = 0; word < width; word++) words[start + word]! |= from[at + word]!;
  }

  keepOnly(other: BitSet): void {
    const { words, start, width } = this;
    const from = other.words;
    const at = other.start;
    for (let word = 0; word < width; word++) words[start + word]! &= from[at + word]!;
  }

  copy(): BitSet {
    const copy = new BitSet(this.width * 32);
    copy.become(this);
    return copy;
  }
}
