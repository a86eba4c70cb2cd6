import { availableParallelism } from 'node:os';
import type { RowFormat } from '../../report/row-format.js';
import { IDS_AT_ONCE } from '../../store/list-current-ids.js';
import { RecordReader } from '../../store/record-reader.js';
import { beginTogether } from './begin-together.js';
import type { ExportStart } from './export-order.js';
import { ExportThread } from './export-thread.js';
import { EXPORT_WORKER } from './export-worker.js';
import { RowWindow } from './row-window.js';
import { WindowSize } from './window-size.js';

// Why threads: looking up what a row shows takes most of an export, and rows have nothing to do with each other. One
// thread puts the numbers of endpoints into order, others write the rows, and what they write is put back into order.

/** Two keep a machine of two cores busy, and each has memory of its own. */
const MOST_THREADS = 2;

/** Fewer rows are written before threads have come up. */
const LEAST_ENDPOINTS = 20_000;

/** How often each thread is asked ahead. */
const AHEAD = 2;

/** How to export rows. */
export interface RowExport {
  readonly start: ExportStart;
  readonly rows: RowFormat;
  /** Endpoints of an inventory that make threads pay. */
  readonly leastEndpoints?: number;
  /** Where threads begin. */
  readonly worker?: URL;
}

/** Writes what is true now as rows, each behind a separator, as UTF-8 and piece by piece; on threads where that pays. */
export async function* exportRows({
  leastEndpoints = LEAST_ENDPOINTS,
  rows,
  start,
  worker = EXPORT_WORKER,
}: RowExport): AsyncGenerator<Uint8Array> {
  const reader = new RecordReader(start.path, start.query);
  const threads: ExportThread[] = [];
  try {
    reader.begin();
    const count = Math.min(MOST_THREADS, availableParallelism());
    const most = Math.min(start.query.limit ?? Number.POSITIVE_INFINITY, reader.mostEndpoints());
    const areThreadsMeant = count > 1 && most >= leastEndpoints && !reader.isCopy;
    while (areThreadsMeant && threads.length < count) threads.push(new ExportThread(start, worker));
    const ids = areThreadsMeant ? await beginTogether(start.path, reader, threads) : null;
    if (ids === null) yield* writeAlone(reader, rows);
    else yield* writeOnThreads(threads, ids);
  } finally {
    await Promise.all(threads.map((thread) => thread.close()));
    reader.close();
  }
}

function* writeAlone(reader: RecordReader, rows: RowFormat): Generator<Uint8Array> {
  const ids = reader.ids();
  const size = new WindowSize();
  const window = new RowWindow(reader, rows);
  try {
    for (let some = takeSome(ids, size.rows); some.length > 0; some = takeSome(ids, size.rows)) {
      let bytes = 0;
      for (const piece of window.write(some)) {
        bytes += piece.length;
        yield piece;
      }
      size.note(some.length, bytes);
    }
  } finally {
    ids.return(undefined);
  }
}

async function* writeOnThreads(
  threads: readonly ExportThread[],
  ids: Generator<readonly number[]>,
): AsyncGenerator<Uint8Array> {
  const size = new WindowSize();
  const asked: { readonly thread: ExportThread; readonly rows: number }[] = [];
  let turn = 0;
  const askAhead = (): void => {
    while (asked.length < AHEAD * threads.length) {
      const thread = threads[turn % threads.length];
      const some = takeSome(ids, size.rows);
      if (thread === undefined || some.length === 0) return;
      thread.ask(some);
      asked.push({ thread, rows: some.length });
      turn += 1;
    }
  };
  try {
    for (askAhead(); asked.length > 0; askAhead()) {
      const [first] = asked.splice(0, 1);
      if (first === undefined) return;
      let bytes = 0;
      for await (const piece of first.thread.take()) {
        bytes += piece.length;
        yield piece;
      }
      size.note(first.rows, bytes);
    }
  } finally {
    ids.return(undefined);
  }
}

function takeSome(ids: Iterator<readonly number[]>, most: number): readonly number[] {
  const some: number[] = [];
  // Numbers come some hundred at a time, of which windows have room for one more lot than they are meant to have.
  while (some.length < most - IDS_AT_ONCE + 1) {
    const { done, value } = ids.next();
    if (done) break;
    for (const id of value) some.push(id);
  }
  return some;
}
