/** Sets of small whole numbers as bits: what makes ancestor questions cheap in flows of thousands of steps. */
export class BitSet {
  private readonly words: Uint32Array;

  constructor(size: number) {
    this.words = new Uint32Array((size + 31) >>> 5);
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

  addAll(other: BitSet): void {
    for (let word = 0; word < this.words.length; word++) this.words[word]! |= other.words[word]!;
  }

  keepOnly(other: BitSet): void {
    for (let word = 0; word < this.words.length; word++) this.words[word]! &= other.words[word]!;
  }

  copy(): BitSet {
    const copy = new BitSet(0);
    return Object.assign(copy, { words: this.words.slice() });
  }
}
