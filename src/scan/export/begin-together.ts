import { CommitWatch } from '../../store/commit-watch.js';
import type { RecordReader } from '../../store/record-reader.js';
import type { ExportThread } from './export-thread.js';

/** How often threads try to see the same: somebody who saves again and again is met between two batches. */
const ATTEMPTS = 5;

/**
 * Makes a reader and threads see the inventory as it is at one moment, and puts its endpoints into order; null: somebody
 * saves all the time.
 */
export async function beginTogether(
  path: string,
  reader: RecordReader,
  threads: readonly Pick<ExportThread, 'begin'>[],
): Promise<Generator<readonly number[]> | null> {
  const watch = new CommitWatch(path);
  try {
    for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
      watch.start();
      reader.begin();
      const begun = threads.map((thread) => thread.begin());
      // Threads take as long to come up as endpoints to be put into order: for the first time both are done at once.
      const look = async () => (attempt === 0 ? peek(reader.ids()) : reader.ids());
      const [ids] = await Promise.all([look(), ...begun]);
      if (!watch.hasChanged()) return ids;
      ids.return(undefined);
    }
    return null;
  } finally {
    watch.close();
  }
}

/** Looks for the first item at once, which is found by putting all of them into order. */
function peek<Item>(items: Generator<Item>): Generator<Item> {
  const first = items.next();
  return (function* () {
    try {
      if (!first.done) yield first.value;
      yield* items;
    } finally {
      items.return(undefined);
    }
  })();
}
