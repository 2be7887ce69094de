/** The buckets of keys: about as many as a long run has anchors. */
const BUCKET_BITS = 18;
const FIRST_CAPACITY = 1024;

/**
 * Numbered places in numbered texts by a key, in a few typed arrays: a run has hundreds of thousands, which as objects
 * would take as much memory as all the rest of it.
 */
export class AnchorTable {
  /** The newest anchor of each bucket, as its number plus one. 0: none. */
  readonly #newest = new Uint32Array(1 << BUCKET_BITS);
  /** The anchor of the same bucket that was added before, as its number plus one. */
  #older = new Uint32Array(FIRST_CAPACITY);
  #keys = new Int32Array(FIRST_CAPACITY);
  #texts = new Uint32Array(FIRST_CAPACITY);
  #offsets = new Uint32Array(FIRST_CAPACITY);
  #size = 0;

  /** @param key - a 32-bit integer */
  add(key: number, text: number, offset: number): void {
    if (this.#size === this.#keys.length) this.#grow();
    const bucket = bucketOf(key);
    this.#keys[this.#size] = key;
    this.#texts[this.#size] = text;
    this.#offsets[this.#size] = offset;
    this.#older[this.#size] = this.#newest[bucket] ?? 0;
    this.#size += 1;
    this.#newest[bucket] = this.#size;
  }

  /** The newest anchor with a key; -1 if there is none. */
  newest(key: number): number {
    return this.#withKey(key, this.#newest[bucketOf(key)] ?? 0);
  }

  /** The anchor with the same key that was added before this one; -1 if there is none. */
  older(anchor: number, key: number): number {
    return this.#withKey(key, this.#older[anchor] ?? 0);
  }

  textOf(anchor: number): number {
    return this.#texts[anchor] ?? 0;
  }

  offsetOf(anchor: number): number {
    return this.#offsets[anchor] ?? 0;
  }

  #withKey(key: number, from: number): number {
    let next = from;
    while (next !== 0 && this.#keys[next - 1] !== key) next = this.#older[next - 1] ?? 0;
    return next - 1;
  }

  #grow(): void {
    this.#older = doubled(this.#older);
    this.#keys = doubled(this.#keys);
    this.#texts = doubled(this.#texts);
    this.#offsets = doubled(this.#offsets);
  }
}

function bucketOf(key: number): number {
  return Math.imul(key, 0x9e3779b1) >>> (32 - BUCKET_BITS);
}

function doubled<Numbers extends Uint32Array | Int32Array>(numbers: Numbers): Numbers {
  const larger = new (numbers.constructor as new (length: number) => Numbers)(numbers.length * 2);
  larger.set(numbers);
  return larger;
}
