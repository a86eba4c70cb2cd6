import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { UsageError } from '../../../src/model/usage-error.js';
import { findForeignSource } from '../../../src/scan/find-foreign-source.js';
import { readForeignFile } from '../../../src/scan/foreign-file.js';
import type { ForeignResult } from '../../../src/scan/foreign-result.js';
import type { LeftOut } from '../../../src/scan/foreign-source.js';

/** What a file has brought. */
export interface ReadResults {
  readonly origin: string;
  readonly results: readonly ForeignResult[];
  readonly leftOut: Partial<Record<LeftOut, number>>;
}

/** The real output of a tool, made against servers on this machine and cut to what matters. */
export function readSample(name: string): string {
  return readFileSync(path.join(import.meta.dirname, '../../fixtures/import', `${name}.out`), 'utf8');
}

/** Reads a text as the file of a tool that its content tells. */
export async function readResults(text: string, file: string): Promise<ReadResults> {
  const source = findForeignSource(text.slice(0, 65_536));
  if (source === null) throw new Error('no tool writes such a text');
  writeFileSync(file, text);
  const results: ForeignResult[] = [];
  const leftOut: Partial<Record<LeftOut, number>> = {};
  const account = {
    leftOut: (why: LeftOut) => {
      leftOut[why] = (leftOut[why] ?? 0) + 1;
    },
  };
  for await (const result of readForeignFile(file, source, account)) results.push(result);
  return { origin: source.origin, results, leftOut };
}

/** Why a text is refused, in the words that the user reads. */
export async function refusalOf(text: string, file: string): Promise<string> {
  try {
    await readResults(text, file);
  } catch (error) {
    if (error instanceof UsageError) return error.message;
    throw error;
  }
  throw new Error('the text was not refused');
}
