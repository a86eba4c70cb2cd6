import { availableParallelism } from 'node:os';
import type { RowFormat } from '../../report/row-format.js';
import { IDS_AT_ONCE } from '../../store/list-current-ids.js';
import { RecordReader } from '../../store/record-reader.js';
import { beginTogether } from './begin-together.js';
import type { ExportStart } from './export-order.js';
import { ExportThread } from './export-thread.js';
import { EXPORT_WORKER } from './export-worker.js';
import { mergeRuns } from './merge-runs.js';
import { RowWindow } from './row-window.js';
import { RowsAside } from './rows-aside.js';
import { IN_FILES, IN_MEMORY, WindowSize } from './window-size.js';

// Why threads: looking up what a row shows takes most of an export, and rows have nothing to do with each other. One
// thread puts the numbers of endpoints into order, others write the rows, and what they write is put back into order.
// Why files: facts lie in the inventory in another order than addresses. Reading each page once, and putting rows aside
// until all are there, takes half as long as reading pages again and again.

/** Two keep a machine of two cores busy, and each has memory of its own. */
const MOST_THREADS = 2;

/** Fewer rows are written before threads have come up. */
const LEAST_ENDPOINTS = 20_000;

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
    if (ids === null) yield* writeAlone(reader, rows, reader.ids());
    else yield* writeOnThreads(reader, rows, threads, ids);
  } finally {
    await Promise.all(threads.map((thread) => thread.close()));
    reader.close();
  }
}

function* writeAlone(
  reader: RecordReader,
  rows: RowFormat,
  ids: Generator<readonly number[]>,
): Generator<Uint8Array> {
  const size = new WindowSize(IN_MEMORY);
  const window = new RowWindow(reader, rows);
  try {
    for (let some = takeSome(ids, size.rows); some.length > 0; some = takeSome(ids, size.rows))
      yield* noteSize(window.write(some), size, some.length);
  } finally {
    ids.return(undefined);
  }
}

async function* writeOnThreads(
  reader: RecordReader,
  rows: RowFormat,
  threads: readonly ExportThread[],
  ids: Generator<readonly number[]>,
): AsyncGenerator<Uint8Array> {
  const size = new WindowSize(IN_FILES);
  const aside = await RowsAside.open(threads);
  try {
    const first = takeSome(ids, size.rows);
    yield* noteSize(new RowWindow(reader, rows).write(first), size, first.length);
    let some = takeSome(ids, size.rows);
    aside?.ask(some);
    while (some.length > 0) {
      const runs = aside ? yield* aside.take() : null;
      if (aside === null || runs === null) {
        yield* writeAlone(reader, rows, putBack(some, ids));
        return;
      }
      const written = some.length;
      some = takeSome(ids, size.rows);
      if (some.length > 0) aside.ask(some);
      yield* noteSize(mergeRuns(runs), size, written);
    }
  } finally {
    ids.return(undefined);
    await aside?.close();
  }
}

function* noteSize(pieces: Iterable<Uint8Array>, size: WindowSize, rows: number): Generator<Uint8Array> {
  let bytes = 0;
  for (const piece of pieces) {
    bytes += piece.length;
    yield piece;
  }
  size.note(rows, bytes);
}

function* putBack(some: Float64Array, rest: Iterable<readonly number[]>): Generator<readonly number[]> {
  for (let at = 0; at < some.length; at += IDS_AT_ONCE) yield [...some.subarray(at, at + IDS_AT_ONCE)];
  yield* rest;
}

/** In memory that threads share. */
function takeSome(ids: Iterator<readonly number[]>, most: number): Float64Array {
  const some = new Float64Array(new SharedArrayBuffer(Float64Array.BYTES_PER_ELEMENT * most));
  let count = 0;
  // Numbers come some hundred at a time, of which there shall be room for one more lot.
  while (count <= most - IDS_AT_ONCE) {
    const { done, value } = ids.next();
    if (done) break;
    some.set(value, count);
    count += value.length;
  }
  return some.subarray(0, count);
}
