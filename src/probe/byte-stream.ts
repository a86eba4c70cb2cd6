/**
 * Bytes to and from one peer, already bounded in time and amount. TLS engines and STARTTLS dialogs read through this
 * alone, so a protocol that carries TLS inside its own packets (TDS) is just another stream.
 *
 * Reading is pull-style: look at `buffered`, and while it does not hold a whole message `await fill()`. A reply is thus
 * read whole whatever the packet boundaries.
 */
export interface ByteStream {
  /** What has arrived and was not taken yet: a view, valid until the next `take` or `await`. */
  readonly buffered: Buffer;
  /** Waits for more bytes; throws ProbeFailure when the peer is done, the deadline passed or the budget is spent. */
  fill(): Promise<void>;
  /** Removes and returns a copy of the first `length` buffered bytes (at most `buffered.length`). */
  take(length: number): Buffer;
  /** Sends bytes. Never waits: what we send is small. */
  write(bytes: Uint8Array): void;
}

/** Reads exactly `length` bytes, waiting as needed. */
export async function readExactly(stream: ByteStream, length: number): Promise<Buffer> {
  while (stream.buffered.length < length) await stream.fill();
  return stream.take(length);
}
