import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { TextDecoder } from 'node:util';
import { UsageError } from '../model/usage-error.js';
import { findForeignSource } from './find-foreign-source.js';
import type { ForeignResult } from './foreign-result.js';
import type { ForeignSource, LeftOut } from './foreign-source.js';

/** Bytes at the beginning of a file that tell its form: more than any heading. */
const BEGINNING_BYTES = 64 * 1024;

/** Who wants to know of the bytes of a file as they pass, and of what is left out. */
export interface ForeignAccount {
  bytes?(bytes: Uint8Array): void;
  leftOut?(why: LeftOut): void;
}

/** Says in which form a file of results is written, by what is in it; null: none that is known. */
export async function recogniseForeignFile(path: string): Promise<ForeignSource | null> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(BEGINNING_BYTES), 0, BEGINNING_BYTES, 0);
      const bytes = buffer.subarray(0, bytesRead);
      return findForeignSource(makeDecoder(bytes).decode(bytes));
    } finally {
      await file.close();
    }
  } catch (error) {
    throw cannotRead(path, error);
  }
}

/**
 * Reads what a file tells of endpoints, piece by piece and holding no more than one record, in UTF-8 or, as some shells of
 * Windows redirect output, UTF-16. Throws a UsageError that names file and line where any of it is wrong.
 */
export async function* readForeignFile(
  path: string,
  source: ForeignSource,
  account: ForeignAccount = {},
): AsyncGenerator<ForeignResult, void> {
  let found: ForeignResult[] = [];
  const reader = source.open({
    add(result) {
      if (typeof result === 'string') account.leftOut?.(result);
      else found.push(result);
    },
    fail(problem, line) {
      throw new UsageError(
        `${path} line ${line}: the ${source.name} ${problem}; nothing of it is imported: write it again, whole`,
      );
    },
  });
  const take = () => {
    const taken = found;
    found = [];
    return taken;
  };
  let decoder: TextDecoder | null = null;
  try {
    for await (const piece of createReadStream(path)) {
      const bytes: Uint8Array = piece;
      account.bytes?.(bytes);
      decoder ??= makeDecoder(bytes);
      reader.write(decoder.decode(bytes, { stream: true }));
      yield* take();
    }
  } catch (error) {
    throw cannotRead(path, error);
  }
  if (decoder !== null) reader.write(decoder.decode());
  reader.end();
  yield* take();
}

/** A byte order mark tells UTF-16, and is dropped in any case. */
function makeDecoder(beginning: Uint8Array): TextDecoder {
  return new TextDecoder(beginning[0] === 0xff && beginning[1] === 0xfe ? 'utf-16le' : 'utf-8');
}

/** Errors of the system become one line; all others stay as they are. */
function cannotRead(path: string, error: unknown): unknown {
  if (!(error instanceof Error) || !('code' in error) || !('syscall' in error)) return error;
  const reason = error.code === 'ENOENT' ? 'there is no such file' : String(error.code);
  return new UsageError(`cannot read ${path} (results to import): ${reason}`);
}
