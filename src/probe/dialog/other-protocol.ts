import type { ByteStream } from '../byte-stream.js';
import { ProbeFailure } from '../probe-failure.js';
import { toPrintable } from './printable.js';
import { recogniseGreeting } from './recognise-greeting.js';

/** The longest prefix that a binary protocol needs to be told by (MySQL: header, sequence number, version). */
const TELLING_BYTES = 5;

/** The failure of a server that answered in another protocol than `expected`; says which, where that can be told. */
export function otherProtocol(expected: string, answer: Uint8Array | string): ProbeFailure {
  const bytes = typeof answer === 'string' ? Buffer.from(answer) : Buffer.from(answer);
  const recognised = recogniseGreeting(bytes);
  const code = recognised?.protocol === 'tls' ? 'implicit-tls' : 'wrong-protocol';
  const what = recognised ? `${recognised.what}: ` : '';
  const words = toPrintable(typeof answer === 'string' ? answer : bytes.toString('latin1'));
  return new ProbeFailure('not-tls', 'starttls', code, `expected ${expected}, got ${what}${words}`);
}

/** The same for bytes that may still be arriving: waits for the few more that tell binary protocols apart. */
export async function awaitOtherProtocol(stream: ByteStream, expected: string): Promise<ProbeFailure> {
  while (stream.buffered.length < TELLING_BYTES && recogniseGreeting(stream.buffered) === null) {
    try {
      await stream.fill();
    } catch (failure) {
      // The peer is done or time is up: what came so far has to do. Only a stopped scan goes before that.
      if (failure instanceof ProbeFailure && failure.outcome !== 'cancelled') break;
      throw failure;
    }
  }
  return otherProtocol(expected, stream.buffered);
}
