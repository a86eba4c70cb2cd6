import type { ByteStream } from '../byte-stream.js';
import { awaitOtherProtocol } from '../dialog/other-protocol.js';
import { recogniseGreeting } from '../dialog/recognise-greeting.js';
import { refusal } from '../dialog/refusal.js';
import { ProbeFailure } from '../probe-failure.js';
import type { StarttlsProtocol, Upgrade } from '../starttls-protocol.js';

const EXPECTED = 'a PostgreSQL server';

/** Length 8, then the code 80877103 that no version number can be. */
const SSL_REQUEST = Buffer.from('0000000804d2162f', 'hex');

/** Enough for the words of any error; the rest is not waited for. */
const MAX_ERROR_BYTES = 1024;

/**
 * PostgreSQL and what speaks its protocol: poolers, CockroachDB, Redshift, Greenplum, YugabyteDB.
 *
 * 1. C: SSLRequest
 * 2. S: one byte: `S`, then TLS; `N`: no
 *
 * Refusals: `not-offered` (`N`), `error` (`E` and an ErrorResponse: servers older than TLS in PostgreSQL, or ones that
 * are full). Tried with PostgreSQL 15.
 */
export const postgres: StarttlsProtocol = {
  name: 'postgres',
  title: 'PostgreSQL',
  defaultPorts: [5432],
  citation: 'PostgreSQL documentation, Frontend/Backend Protocol, SSL Session Encryption',
  async upgrade(stream): Promise<Upgrade> {
    stream.write(SSL_REQUEST);
    while (stream.buffered.length === 0) await stream.fill();
    // A server that greets first may begin with any of these letters: SSH with S, IRC with N or E. What follows an E
    // of PostgreSQL is a length, the upper byte of which is 0.
    if (stream.buffered[1] !== 0 && recogniseGreeting(stream.buffered) !== null)
      throw await awaitOtherProtocol(stream, EXPECTED);
    switch (String.fromCharCode(stream.buffered[0] ?? 0)) {
      case 'S':
        stream.take(1);
        return { stream, greeting: null };
      case 'N':
        throw refusal('not-offered', 'the server does not use TLS');
      case 'E':
        throw refusal('error', 'the server answered with an error', await readError(stream));
      default:
        throw await awaitOtherProtocol(stream, EXPECTED);
    }
  },
};

/** The words of an ErrorResponse, or of the bare text that servers before protocol 3.0 send; as far as they come. */
async function readError(stream: ByteStream): Promise<string> {
  const isWhole = () => {
    const { buffered } = stream;
    if (buffered.length < 5) return false;
    const length = buffered.readUInt32BE(1);
    return length > MAX_ERROR_BYTES ? buffered.includes(0, 1) : buffered.length > length;
  };
  while (!isWhole() && stream.buffered.length < MAX_ERROR_BYTES) {
    try {
      await stream.fill();
    } catch (failure) {
      // What came so far has to do: the refusal stands whatever its words.
      if (failure instanceof ProbeFailure && failure.outcome !== 'cancelled') break;
      throw failure;
    }
  }
  const fields = stream.buffered.toString('utf8', 1, MAX_ERROR_BYTES).split('\0');
  return fields.find((field) => field.startsWith('M'))?.slice(1) ?? fields[0] ?? '';
}
