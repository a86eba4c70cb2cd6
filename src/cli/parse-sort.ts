import { UsageError } from '../model/usage-error.js';
import type { SortOrder } from '../store/record-query.js';

/** Reads what `--sort` says: keys with commas between, a minus before one that is to descend. */
export function parseSort<Key extends string>(text: string, keys: readonly Key[]): SortOrder<Key>[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .map((word) => {
      const descending = word.startsWith('-');
      const wanted = word.replace(/^[-+]/, '').toLowerCase();
      const by = keys.find((key) => key.toLowerCase() === wanted);
      if (by === undefined) {
        throw new UsageError(
          `--sort: cannot sort by "${word}": choose from ${keys.join(', ')}; -${keys[0]} descends`,
        );
      }
      return { by, descending };
    });
}
