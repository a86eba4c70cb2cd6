import type { ByteStream } from './byte-stream.js';

/** A stream as it is, but for each arrival `observe` gets a copy. All reading of `stream` must go through the tap. */
export function tapStream(stream: ByteStream, observe: (bytes: Buffer) => void): ByteStream {
  let seen = 0;
  const show = () => {
    const { buffered } = stream;
    if (buffered.length > seen) observe(Buffer.from(buffered.subarray(seen)));
    seen = buffered.length;
  };
  show();
  return {
    get buffered() {
      return stream.buffered.subarray(0, seen);
    },
    async fill() {
      // More may have come while nobody looked.
      if (stream.buffered.length === seen) await stream.fill();
      show();
    },
    take(length) {
      const taken = stream.take(Math.min(length, seen));
      seen -= taken.length;
      return taken;
    },
    write: (bytes) => stream.write(bytes),
  };
}
