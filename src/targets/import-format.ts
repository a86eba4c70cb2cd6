import type { ImportSink } from './import-sink.js';

/** One form in which another scanner writes what it found. No text may be recognised by two of them. */
export interface ImportFormat {
  /** As messages call it: `nmap XML`. */
  readonly name: string;
  /** The commands that write it. */
  readonly writtenBy: string;
  /** One sentence: what becomes a target and what of it is used. */
  readonly description: string;
  /** Whether a file that begins so is of this form; the beginning may end anywhere. */
  recognises(beginning: string): boolean;
  /** Begins to read a file into a sink; a promise where what reads it is loaded first. */
  open(sink: ImportSink): ImportReader | Promise<ImportReader>;
}

/** Reads one file piece by piece, holding no more of it than one record. */
export interface ImportReader {
  write(text: string): void;
  /** Called once, after the last piece. */
  end(): void;
}
