import { writeSync } from 'node:fs';
import type { RowShare } from './export-order.js';
import type { RowRun } from './row-run.js';
import type { RowWindow } from './row-window.js';
import { IN_RUNS, WindowSize } from './window-size.js';

/** Four times what a share should come to: rows that long are the work of an enemy, who shall not fill the disk. */
const MOST_BYTES = 512 * 1024 * 1024;

/** Puts a share of rows aside run by run, in the order in which facts lie; null, as the last: there is no room. */
export function* writeShare(
  window: RowWindow,
  homes: Uint32Array | null,
  { file, ids, index, of }: RowShare,
): Generator<RowRun | null> {
  const order = sortAll(ids, homes).subarray((index * ids.length) / of, ((index + 1) * ids.length) / of);
  const size = new WindowSize(IN_RUNS);
  let start = 0;
  for (let at = 0; at < order.length; ) {
    const places = order.slice(at, at + size.rows).sort();
    at += places.length;
    const its = new Float64Array(places.length);
    for (let row = 0; row < its.length; row += 1) its[row] = ids[places[row] ?? 0] ?? 0;
    let end = start;
    for (const piece of window.write(its, homes)) {
      if (end + piece.length > MOST_BYTES || !putAside(file, piece, end)) {
        yield null;
        return;
      }
      end += piece.length;
    }
    yield { file, start, places, sizes: window.sizes(places.length) };
    size.note(places.length, end - start);
    start = end;
  }
}

/** The places of endpoints in the order of their homes, or in that in which they were saved. */
function sortAll(ids: Float64Array, homes: Uint32Array | null): Uint32Array {
  const count = ids.length;
  const packed = new Float64Array(count);
  for (let place = 0; place < count; place += 1) {
    const id = ids[place] ?? 0;
    packed[place] = (homes ? (homes[id] ?? 0) : id) * count + place;
  }
  packed.sort();
  const places = new Uint32Array(count);
  for (let at = 0; at < count; at += 1) places[at] = (packed[at] ?? 0) % count;
  return places;
}

/** False: it cannot be, as the disk is full. */
function putAside(file: number, bytes: Uint8Array, start: number): boolean {
  try {
    for (let done = 0; done < bytes.length; )
      done += writeSync(file, bytes, done, bytes.length - done, start + done);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && NO_ROOM.has(error.code)) return false;
    throw error;
  }
}

const NO_ROOM: ReadonlySet<unknown> = new Set(['EDQUOT', 'EFBIG', 'ENOSPC']);
