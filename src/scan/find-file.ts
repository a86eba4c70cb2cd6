import type { Stats } from 'node:fs';
import { stat } from 'node:fs/promises';
import { UsageError } from '../model/usage-error.js';

/** Tells what a path leads to; null: nothing is there. Throws a UsageError where that cannot be told. */
export async function findFile(path: string): Promise<Stats | null> {
  try {
    return await stat(path);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    if (error.code === 'ENOENT') return null;
    throw new UsageError(`cannot read ${path}: ${error.message}`, { cause: error });
  }
}
