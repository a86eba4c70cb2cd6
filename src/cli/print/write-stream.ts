/** Writes all chunks to a stream at the pace of its reader; stops without a word when the reader goes away. */
export async function writeStream(
  stream: NodeJS.WriteStream,
  chunks: AsyncIterable<string | Uint8Array> | Iterable<string | Uint8Array>,
): Promise<void> {
  let isGone = false;
  stream.once('close', () => {
    isGone = true;
  });
  for await (const chunk of chunks) {
    if (isGone || stream.destroyed) return;
    if (!stream.write(chunk)) await nextOf(stream, ['drain', 'close', 'error']);
  }
}

/** Waits for the first of some events; an error is one of them, and for others to judge. */
function nextOf(stream: NodeJS.WriteStream, events: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const settle = () => {
      for (const event of events) stream.off(event, settle);
      resolve();
    };
    for (const event of events) stream.on(event, settle);
  });
}
