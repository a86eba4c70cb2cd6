import type { Target } from '../model/target.js';
import { UsageError } from '../model/usage-error.js';
import { isTargetCsv, parseTargetCsv } from './parse-target-csv.js';
import { isTargetJsonLines, parseTargetJsonLines } from './parse-target-json-lines.js';
import { parseTargetWords } from './parse-target-words.js';
import { createProblemList } from './problem-list.js';
import type { ProtocolPorts } from './protocol-ports.js';
import type { TargetReader } from './target-reader.js';

/** A piece of target text and where it came from. */
export interface TargetText {
  readonly text: string;
  /** How error messages call it: `argument 2`, `targets.txt`, `standard input`. */
  readonly source: string;
  /** Whether it is a file: then messages count its lines, and it may be CSV or JSON lines. */
  readonly isFile: boolean;
}

/** What target text may name. */
export interface ParseTargetsOptions {
  /** The protocols that may follow a port; `tls` always may. */
  readonly protocols: readonly ProtocolPorts[];
  /** Whether names such as `*.lab.example` are welcome, as they are in a list of excludes. */
  readonly allowWildcards?: boolean;
}

/**
 * Reads targets, or excludes, from text: words of any target syntax between commas, semicolons, white space and
 * `#` comments, or, in files, CSV with a header or JSON lines. Throws a UsageError that names the faulty words, their
 * places and what to do about them.
 */
export function parseTargets(input: TargetText, options: ParseTargetsOptions): Target[] {
  // Windows PowerShell writes UTF-16 unless told otherwise; read as UTF-8 that is full of NUL characters.
  if (input.text.includes('\0')) {
    throw new UsageError(`${input.source}: is binary or UTF-16: save it as UTF-8 text`);
  }
  const text = input.text.startsWith('\ufeff') ? input.text.slice(1) : input.text;
  const reader: TargetReader = {
    protocols: options.protocols,
    allowWildcards: options.allowWildcards ?? false,
    problems: createProblemList(),
    targets: [],
  };
  if (input.isFile && isTargetJsonLines(text)) parseTargetJsonLines(text, input.source, reader);
  else if (input.isFile && isTargetCsv(text)) parseTargetCsv(text, input.source, reader);
  else parseTargetWords(text, input.source, input.isFile, reader);
  reader.problems.throwIfAny();
  return reader.targets;
}
