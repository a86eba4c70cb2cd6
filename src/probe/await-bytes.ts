import type { ByteStream } from './byte-stream.js';

/**
 * Waits for more bytes, but no longer than `milliseconds`: false when none came by then, and the stream is as good as
 * before. Throws what the stream's own `fill` throws.
 */
export async function awaitBytes(stream: ByteStream, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(resolve, milliseconds, false);
  });
  try {
    return await Promise.race([stream.fill().then(() => true), late]);
  } finally {
    clearTimeout(timer);
  }
}
