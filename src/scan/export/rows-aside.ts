import { openTemporaryFile, type TemporaryFile } from '../../report/temporary-file.js';
import type { ExportThread } from './export-thread.js';
import type { RowRun } from './row-run.js';

/** One is filled while the other one is read. */
const FILES_EACH = 2;

/** Rows that threads put aside in temporary files of theirs, to be put back into order. */
export class RowsAside {
  readonly #threads: readonly ExportThread[];
  readonly #files: readonly TemporaryFile[];
  #turn = 0;

  private constructor(threads: readonly ExportThread[], files: readonly TemporaryFile[]) {
    this.#threads = threads;
    this.#files = files;
  }

  /** Opens the files; null: there is no place for them. */
  static async open(threads: readonly ExportThread[]): Promise<RowsAside | null> {
    const files: TemporaryFile[] = [];
    try {
      while (files.length < FILES_EACH * threads.length) files.push(await openTemporaryFile());
      return new RowsAside(threads, files);
    } catch {
      // A folder for temporary files that cannot be written makes an export slower, not impossible.
      await closeAll(files);
      return null;
    }
  }

  /** Has the rows of endpoints written; what was taken before the last time is written over. */
  ask(ids: Float64Array): void {
    const { length: of } = this.#threads;
    for (const [index, thread] of this.#threads.entries()) {
      const file = this.#files[this.#turn * of + index]?.handle.fd;
      if (file !== undefined) thread.ask({ ids, index, of, file });
    }
    this.#turn = (this.#turn + 1) % FILES_EACH;
  }

  /** The rows that were asked for first, with a sign of life whenever there are some; null: there is no room for them. */
  async *take(): AsyncGenerator<Uint8Array, readonly RowRun[] | null> {
    const runs: RowRun[] = [];
    for (const thread of this.#threads)
      for await (const run of thread.take()) {
        if (run === null) return null;
        runs.push(run);
        yield NOTHING;
      }
    return runs;
  }

  /** Ends the threads, whatever they are at, and gives the disk back. */
  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.close()));
    await closeAll(this.#files);
  }
}

const NOTHING = new Uint8Array(0);

async function closeAll(files: readonly TemporaryFile[]): Promise<void> {
  await Promise.all(files.map((file) => file.close()));
}
