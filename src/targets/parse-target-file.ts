import { constants } from 'node:buffer';
import type { Target } from '../model/target.js';
import { UsageError } from '../model/usage-error.js';
import { findImportFormat } from './find-import-format.js';
import type { ImportFormat } from './import-format.js';
import { createImportSink } from './import-sink.js';
import { type ParseTargetsOptions, parseTargets } from './parse-targets.js';

/** Characters at the beginning of a file that tell its form: more than any scanner's heading. */
const BEGINNING_LENGTH = 64 * 1024;

/** What a file of targets has brought. */
export interface TargetFile {
  readonly targets: readonly Target[];
  /** What to tell the user of the output of another scanner: how much was taken and left out; null: it is target text. */
  readonly note: string | null;
}

/**
 * Reads targets from a file that comes in pieces: target text, CSV or JSON lines as `parseTargets` does, or the output
 * of another scanner, recognised by how it begins and read in memory for its targets alone. Throws a UsageError that
 * names file, line and what to do where any of it is wrong; then nothing of it is used.
 */
export async function parseTargetFile(
  pieces: AsyncIterable<string> | Iterable<string>,
  source: string,
  options: ParseTargetsOptions,
): Promise<TargetFile> {
  const rest = iteratorOf(pieces);
  let beginning = '';
  let isWhole = false;
  while (!isWhole && beginning.length < BEGINNING_LENGTH) {
    const { done, value } = await rest.next();
    if (done) isWhole = true;
    else beginning += value;
  }
  const text = beginning.startsWith('\ufeff') ? beginning.slice(1) : beginning;
  const format = findImportFormat(text);
  const all = prepend(text, isWhole ? null : rest);
  return format === null
    ? await readText(all, source, options)
    : await importFrom(all, format, source, options);
}

async function importFrom(
  pieces: AsyncIterable<string>,
  format: ImportFormat,
  source: string,
  { protocols }: ParseTargetsOptions,
): Promise<TargetFile> {
  const sink = createImportSink(source, format.name, protocols);
  const reader = await format.open(sink);
  for await (const piece of pieces) reader.write(piece);
  reader.end();
  return sink.finish();
}

async function readText(
  pieces: AsyncIterable<string>,
  source: string,
  options: ParseTargetsOptions,
): Promise<TargetFile> {
  const kept: string[] = [];
  let length = 0;
  for await (const piece of pieces) {
    length += piece.length;
    if (length > constants.MAX_STRING_LENGTH) {
      throw new UsageError(
        `${source}: is longer than half a billion characters: write networks and ranges, or split it`,
      );
    }
    kept.push(piece);
  }
  return { targets: parseTargets({ text: kept.join(''), source, isFile: true }, options), note: null };
}

async function* iteratorOf(
  pieces: AsyncIterable<string> | Iterable<string>,
): AsyncGenerator<string, undefined> {
  yield* pieces;
  return undefined;
}

async function* prepend(first: string, rest: AsyncIterable<string> | null): AsyncGenerator<string> {
  yield first;
  if (rest !== null) yield* rest;
}
