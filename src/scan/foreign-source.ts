import type { ForeignResult } from './foreign-result.js';

/** Why something that a file tells is not taken. */
export type LeftOut =
  | 'without a certificate'
  | 'with no more of the certificate than its name'
  | 'without a port'
  | 'not TCP'
  | 'from a log of certificates';

/** Refuses the record that is being read, and with it the file. */
export type Refuse = (problem: string) => never;

/** Where readers put what they find. */
export interface ForeignSink {
  /** Takes what was found of an endpoint, or counts what is of no use. */
  add(result: ForeignResult | LeftOut): void;
  /** Refuses the file, which is not what it began as; `problem` follows the name of its form: `ends too early`. */
  fail(problem: string, line: number): never;
}

/** Reads one file piece by piece, holding no more of it than one record. */
export interface ForeignReader {
  write(text: string): void;
  /** Called once, after the last piece. */
  end(): void;
}

/** One form in which results come, of another tool or of certsweep. No text may be recognised by two of them. */
export interface ForeignSource {
  /** Who made the results, as the definition of their run says: `tlsx`. */
  readonly origin: string;
  /** As messages call it: `tlsx JSON`. */
  readonly name: string;
  /** The commands that write it. */
  readonly writtenBy: string;
  /** One sentence: what is taken, and what cannot be known. */
  readonly description: string;
  /** Whether a file that begins so is of this form; the beginning may end anywhere. */
  recognises(beginning: string): boolean;
  /** Begins to read a file into a sink. */
  open(sink: ForeignSink): ForeignReader;
}
