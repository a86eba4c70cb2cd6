import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { UsageError } from '../model/usage-error.js';

/** The name that stands for standard input where a file is asked for. */
export const STANDARD_INPUT = '-';

/** Why a file cannot be read, in the words of people. */
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'you may not read it',
  EPERM: 'you may not read it',
  EISDIR: 'it is a directory',
  ENOTDIR: 'a part of its path is no directory',
  ERR_FS_FILE_TOO_LARGE: 'it is larger than 2 GiB',
};

/** Reads a file that the user named, or standard input for `-`, whole. `what` says what the file is for. */
export async function readInput(path: string, what: string): Promise<Buffer> {
  try {
    return await (path === STANDARD_INPUT ? buffer(process.stdin) : readFile(path));
  } catch (error) {
    throw cannotRead(path, what, error);
  }
}

/** Reads a file that the user named, or standard input for `-`, as UTF-8 text in pieces, however long it is. */
export async function* readInputInPieces(path: string, what: string): AsyncGenerator<string, void> {
  const stream = path === STANDARD_INPUT ? process.stdin : createReadStream(path);
  stream.setEncoding('utf8');
  try {
    for await (const piece of stream) yield String(piece);
  } catch (error) {
    throw cannotRead(path, what, error);
  }
}

/** What messages call the source of a text. */
export function nameInput(path: string): string {
  return path === STANDARD_INPUT ? 'standard input' : path;
}

function cannotRead(path: string, what: string, error: unknown): UsageError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return new UsageError(
    `cannot read ${nameInput(path)} (${what}): ${REASONS[code] ?? (code || String(error))}`,
  );
}
