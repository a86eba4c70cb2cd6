import { formatTarget } from '../../../src/targets/format-target.js';
import { parseTargetFile } from '../../../src/targets/parse-target-file.js';
import { PROTOCOL_TABLE } from '../protocol-table.js';

/** What a file has brought: each target as text, and the note. */
export interface ReadFile {
  readonly targets: readonly string[];
  readonly note: string | null;
}

/** Reads a text as the file `scan.out`, in pieces of a length. */
export async function readFile(text: string, pieceLength = 1000): Promise<ReadFile> {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; at += pieceLength) pieces.push(text.slice(at, at + pieceLength));
  const { targets, note } = await parseTargetFile(pieces, 'scan.out', { protocols: PROTOCOL_TABLE });
  return { targets: targets.map(formatTarget), note };
}

/** The message with which a text is refused; empty: it is not. */
export async function refusalOf(text: string): Promise<string> {
  try {
    await readFile(text);
  } catch (error) {
    if (error instanceof Error && error.name === 'UsageError') return error.message;
    throw error;
  }
  return '';
}
