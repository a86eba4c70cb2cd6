/** Numbers of 32 bits kept for each value: 128 bits tell more certificates apart than there are. */
const WORDS = 4;

/** An odd number of 32 bits without a pattern: no two values are mixed into one. */
const MIXER = 0x9e3779b1;

/** Room for so many at first. */
const FIRST_SLOTS = 1024;

/** A set of SHA-256 values in hex that takes 16 to 64 bytes for each, so that a million fit anywhere. */
export class FingerprintSet {
  #words = new Uint32Array(FIRST_SLOTS * WORDS);
  #slots = FIRST_SLOTS;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Takes a value in; false: it was there. Text that is no SHA-256 in hex counts by as much of it as is hex. */
  add(fingerprint: string): boolean {
    const words = readWords(fingerprint);
    if (!this.#put(words)) return false;
    this.#size += 1;
    if (this.#size * 2 > this.#slots) this.#grow();
    return true;
  }

  /** Values are hashes already: the first word says where to look, and the next free slot is never far. */
  #put(words: ArrayLike<number>): boolean {
    for (let slot = (words[0] ?? 0) % this.#slots; ; slot = (slot + 1) % this.#slots) {
      const at = slot * WORDS;
      if (!this.#isTaken(at)) {
        this.#words.set(Array.from(words), at);
        return true;
      }
      let word = 0;
      while (word < WORDS && this.#words[at + word] === words[word]) word += 1;
      if (word === WORDS) return false;
    }
  }

  #isTaken(at: number): boolean {
    return this.#words.subarray(at, at + WORDS).some((word) => word !== 0);
  }

  #grow(): void {
    const old = this.#words;
    this.#slots *= 2;
    this.#words = new Uint32Array(this.#slots * WORDS);
    for (let at = 0; at < old.length; at += WORDS) {
      const words = old.subarray(at, at + WORDS);
      if (words.some((word) => word !== 0)) this.#put(words);
    }
  }
}

/** Both halves count in each word; the last word is never zero, by which a slot is known to be taken. */
function readWords(fingerprint: string): number[] {
  const words = Array.from(
    { length: WORDS },
    (_, word) => (readWord(fingerprint, word) + Math.imul(readWord(fingerprint, word + WORDS), MIXER)) >>> 0,
  );
  words[WORDS - 1] = (words[WORDS - 1] ?? 0) || 1;
  return words;
}

function readWord(fingerprint: string, word: number): number {
  const value = Number.parseInt(fingerprint.slice(word * 8, word * 8 + 8), 16);
  return Number.isNaN(value) ? 0 : value;
}
