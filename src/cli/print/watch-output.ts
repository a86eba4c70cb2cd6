import type { Writable } from 'node:stream';

/** What has become of what was printed. */
export interface OutputWatch {
  /** Why standard output could not be written; null: it could, or nobody reads it any more, which is no fault. */
  readonly fault: Error | null;
  /** Waits until all that was printed is written, or never will be. */
  settled(): Promise<void>;
}

/** Errno names of a reader that has seen enough (`| head`), and of a terminal that was closed. */
const READER_IS_GONE: ReadonlySet<string> = new Set(['EPIPE', 'EIO']);

/** Heeds the errors of both outputs, which would else end the process: of the second there is nobody to be told. */
export function watchOutput(stdout: Writable, stderr: Writable): OutputWatch {
  let fault: Error | null = null;
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (!READER_IS_GONE.has(error.code ?? '')) fault ??= error;
  });
  stderr.on('error', () => undefined);
  return {
    get fault() {
      return fault;
    },
    settled: () =>
      new Promise((resolve) => {
        if (stdout.destroyed) resolve();
        else stdout.write('', () => resolve());
      }),
  };
}
