import type { ByteStream } from './byte-stream.js';

/**
 * Waits for more bytes, but no longer than `milliseconds`: false when none came by then, and the stream is as good as
 * before. What lies waiting when the time is over, as this process was busy, has come. Throws what the stream's own
 * `fill` throws.
 */
export async function awaitBytes(stream: ByteStream, milliseconds: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  let lastChance: NodeJS.Immediate | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => {
      lastChance = setImmediate(resolve, false);
    }, milliseconds);
  });
  try {
    return await Promise.race([stream.fill().then(() => true), late]);
  } finally {
    clearTimeout(timer);
    clearImmediate(lastChance);
  }
}
