import { tmpdir } from 'node:os';
import { ReportError } from './report-error.js';
import { openTemporaryFile, type TemporaryFile } from './temporary-file.js';

/** What is kept in memory before the disk is asked: small exports never touch it, and large ones write in one go. */
const MEMORY_BYTES = 1024 * 1024;

/** Bytes read at once: many parts of one spool may be read side by side. */
const READ_BYTES = 32 * 1024;

/** Text put aside while an export is made, on disk once there is much of it: for its owner alone, and gone afterwards. */
export class Spool {
  #file: TemporaryFile | null = null;
  #gathered: string[] = [];
  #gatheredBytes = 0;
  #written = 0;

  /** Bytes so far. */
  get size(): number {
    return this.#written + this.#gatheredBytes;
  }

  /** Puts text at the end. */
  async append(text: string): Promise<void> {
    this.#gathered.push(text);
    this.#gatheredBytes += Buffer.byteLength(text);
    if (this.#gatheredBytes >= MEMORY_BYTES) await this.#flush();
  }

  /** Reads the bytes from one place to another; default: all. */
  async *read(from = 0, to = this.size): AsyncGenerator<Uint8Array> {
    if (this.#file) await this.#flush();
    if (!this.#file) {
      if (to > from) yield Buffer.from(this.#gathered.join('')).subarray(from, to);
      return;
    }
    for (let at = from; at < to; ) {
      const buffer = Buffer.allocUnsafe(Math.min(READ_BYTES, to - at));
      const { bytesRead } = await this.#file.handle.read(buffer, 0, buffer.length, at);
      if (bytesRead === 0) throw new ReportError(`the temporary file in ${tmpdir()} was cut short`);
      at += bytesRead;
      yield buffer.subarray(0, bytesRead);
    }
  }

  /** Reads lines, without their ends, from one place to another. */
  async *readLines(from = 0, to = this.size): AsyncGenerator<string> {
    const decoder = new TextDecoder();
    let rest: string[] = [];
    for await (const bytes of this.read(from, to)) {
      const [first = '', ...lines] = decoder.decode(bytes, { stream: true }).split('\n');
      rest.push(first);
      for (const line of lines) {
        yield rest.join('');
        rest = [line];
      }
    }
    const last = rest.join('');
    if (last !== '') yield last;
  }

  /** Gives memory and disk back. */
  async close(): Promise<void> {
    this.#gathered = [];
    await this.#file?.close();
    this.#file = null;
  }

  async #flush(): Promise<void> {
    if (this.#gathered.length === 0) return;
    const bytes = Buffer.from(this.#gathered.join(''));
    this.#gathered = [];
    this.#gatheredBytes = 0;
    try {
      this.#file ??= await openTemporaryFile();
      const { handle } = this.#file;
      for (let done = 0; done < bytes.length; ) {
        const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, this.#written);
        done += bytesWritten;
        this.#written += bytesWritten;
      }
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new ReportError(
        `cannot put data aside in ${tmpdir()}: ${reason}: free some space, or name another folder in TMPDIR`,
        { cause: error },
      );
    }
  }
}
