import { PassThrough, Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { ZipFile } from 'yazl';

/** One file in an archive. */
export interface ZipPart {
  readonly name: string;
  readonly chunks: AsyncIterable<string | Uint8Array>;
}

/** Packs parts into a ZIP archive as they come, one after the other. */
export async function* writeZip(parts: AsyncIterable<ZipPart>, now: Date): AsyncGenerator<Uint8Array> {
  const zip = new ZipFile();
  const output = new PassThrough();
  zip.outputStream.pipe(output);
  const abort = new AbortController();
  const feeding = feedZip(zip, parts, now, abort.signal).catch((error: Error) => {
    output.destroy(error);
  });
  zip.on('error', (error: Error) => output.destroy(error));
  try {
    yield* output;
  } finally {
    // Whoever reads may stop early: then nobody would ever take what is still to come.
    abort.abort();
    await feeding;
  }
}

async function feedZip(
  zip: ZipFile,
  parts: AsyncIterable<ZipPart>,
  now: Date,
  signal: AbortSignal,
): Promise<void> {
  for await (const { name, chunks } of parts) {
    signal.throwIfAborted();
    const input = Readable.from(asBytes(chunks), { objectMode: false });
    const stop = (): void => {
      input.destroy();
    };
    signal.addEventListener('abort', stop);
    zip.addReadStream(input, name, { mtime: now });
    await finished(input);
    signal.removeEventListener('abort', stop);
  }
  zip.end();
}

async function* asBytes(chunks: AsyncIterable<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const chunk of chunks) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}
