/** How many rounds a test of chance goes through: few by default, or as many as the environment says. */
export const ROUNDS: number = Number(process.env.FAULT_ROUNDS ?? 6);

/** What chance begins with; the environment can name that of a run that failed. */
export const SEED: number = Number(process.env.FAULT_SEED ?? 1);

/** Makes a source of numbers from 0 up to 1, the same for the same seed (Marsaglia's xorshift with 32 bits). */
export function makeChance(seed: number): () => number {
  let state = (seed * 2_654_435_761) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state / 2 ** 32;
  };
}
