import { once } from 'node:events';

/** Writes all chunks to a stream at the pace of its reader; stops without a word when the reader goes away. */
export async function writeStream(
  stream: NodeJS.WriteStream,
  chunks: AsyncIterable<string | Uint8Array>,
): Promise<void> {
  let isGone = false;
  stream.once('close', () => {
    isGone = true;
  });
  for await (const chunk of chunks) {
    if (isGone || stream.destroyed) return;
    if (!stream.write(chunk)) await Promise.race([once(stream, 'drain'), once(stream, 'close')]);
  }
}
