/**
 * Why one hello offers TLS 1.3 and TLS 1.2 together. CPU of the client for each endpoint, TCP connection included, against
 * nginx with a P-256 leaf and an intermediate. The middle of a few short runs on a busy machine, which differ by a quarter
 * either way; a bare connect was 0.07 ms and a full node:tls handshake 1.7 ms:
 *
 *     server speaks     one hello     TLS 1.2 first, TLS 1.3 after its refusal
 *     1.2 and 1.3       0.23 ms       0.15 ms
 *     1.3               0.23 ms       0.32 ms and a second connection
 *     1.2               0.16 ms       0.11 ms
 *
 * The one hello costs every server one connection, and it records the version, suite and group that clients of today get.
 * It can afford TLS 1.3 because its key shares cost nothing (see key-share.ts).
 */
import type { Handshake } from '../../model/handshake.js';
import type { ByteStream } from '../byte-stream.js';
import { ProbeFailure } from '../probe-failure.js';
import { CIPHER_SUITES } from './cipher-suites.js';
import { type Authentication, type DiscoveryHello, discoveryHello } from './discovery-hello.js';
import { exchangeHello } from './exchange-hello.js';
import { exchangeSslv2Hello } from './exchange-sslv2-hello.js';
import { HandshakeFailure } from './handshake-failure.js';
import { toHandshake } from './hello-answer.js';
import { malformed } from './malformed.js';
import { SSLV2_ANSWER } from './not-tls.js';
import { SSLV2_CIPHER_KINDS } from './sslv2-cipher-kinds.js';

/** A stream that discovery hangs up when it has what it wants. */
export interface ClosableStream extends ByteStream {
  close(): void;
}

/** What to ask for. */
export interface DiscoveryOptions {
  /** The name to send; null: none. Never an IP literal. */
  readonly serverName: string | null;
  /** The kind of certificate to ask for; absent: whichever the server likes best. One attempt is made then. */
  readonly authentication?: Authentication;
}

/** A handshake, and what else the hello brought to light. */
export interface DiscoveredHandshake extends Handshake {
  /** Whether the server speaks TLS 1.3, though it may have agreed on less. */
  readonly supportsTls13: boolean;
}

/** Each hello needs a connection; more than these would be hammering at a door that stays shut. */
export const MAX_CONNECTIONS_PER_ENDPOINT = 4;

const NO_CERTIFICATE = 'no-certificate';

type Attempt = DiscoveryHello | 'sslv2';

/** The server dislikes what is offered: offer more. */
const WANTS_MORE: ReadonlySet<string> = new Set([
  'handshake_failure',
  'insufficient_security',
  'missing_extension',
  'unsupported_certificate',
]);

/**
 * Gets the chain that a server presents, with the hello that most servers answer, and with others only where the answer
 * to that leaves hope. Throws HandshakeFailure with the first failure and whatever was learned.
 */
export async function discoverChain(
  open: () => Promise<ClosableStream>,
  options: DiscoveryOptions,
): Promise<DiscoveredHandshake> {
  const attempts: Attempt[] = ['modern'];
  let first: HandshakeFailure | null = null;
  for (let index = 0; index < Math.min(attempts.length, MAX_CONNECTIONS_PER_ENDPOINT); index += 1) {
    try {
      return await attempt(attempts[index] ?? 'modern', open, options);
    } catch (failure) {
      if (!(failure instanceof ProbeFailure)) throw failure;
      if (first === null) {
        first = HandshakeFailure.from(failure);
        if (options.authentication === undefined) attempts.push(...fallbacksFor(failure));
      }
      if (!leavesHope(failure)) break;
    }
  }
  throw first ?? malformed('no hello was sent');
}

async function attempt(
  kind: Attempt,
  open: () => Promise<ClosableStream>,
  options: DiscoveryOptions,
): Promise<DiscoveredHandshake> {
  const stream = await open();
  try {
    return await (kind === 'sslv2' ? speakSslv2(stream) : speakTls(kind, stream, options));
  } finally {
    stream.close();
  }
}

async function speakTls(
  kind: DiscoveryHello,
  stream: ClosableStream,
  { serverName, authentication }: DiscoveryOptions,
): Promise<DiscoveredHandshake> {
  const answer = await exchangeHello(stream, discoveryHello(kind, serverName, authentication));
  if (answer.kind === 'hello-retry-request') {
    const failure = malformed(
      `the server asks for a key share of group ${answer.group}, which was not offered`,
    );
    throw HandshakeFailure.from(failure, toHandshake(answer));
  }
  if (answer.failure !== null && answer.presentedChain === null) {
    throw HandshakeFailure.from(answer.failure, toHandshake(answer));
  }
  if (answer.presentedChain?.length === 0 || (answer.presentedChain === null && !isAnonymous(answer))) {
    throw HandshakeFailure.from(noCertificate(), toHandshake(answer));
  }
  return { ...toHandshake(answer), supportsTls13: answer.supportsTls13 };
}

/** Who chose a suite with certificates must send one (RFC 5246, section 7.4.2); some want to be told a name first. */
function noCertificate(): ProbeFailure {
  return new ProbeFailure('malformed', 'handshake', NO_CERTIFICATE, 'the server presents no certificate');
}

/** Anonymous suites come without a certificate (RFC 5246, section 7.4.2). */
function isAnonymous({ cipherSuite }: { readonly cipherSuite: number }): boolean {
  return CIPHER_SUITES.get(cipherSuite)?.authentication === 'anon';
}

async function speakSslv2(stream: ClosableStream): Promise<DiscoveredHandshake> {
  const { certificate, cipherKinds } = await exchangeSslv2Hello(stream);
  const [favourite] = cipherKinds;
  return {
    version: 'SSLv2',
    cipherSuite: favourite === undefined ? null : (SSLV2_CIPHER_KINDS.get(favourite) ?? null),
    group: null,
    compression: null,
    presentedChain: certificate === null ? [] : [certificate],
    ocspResponse: null,
    supportsTls13: false,
  };
}

function fallbacksFor(failure: ProbeFailure): readonly Attempt[] {
  if (failure.code === SSLV2_ANSWER) return ['sslv2', 'plain'];
  if (failure.outcome === 'alert') {
    if (failure.code === 'protocol_version') return ['plain', 'sslv3', 'sslv2'];
    if (WANTS_MORE.has(failure.code)) return ['wide', 'plain', 'sslv3'];
  }
  return ['compact', 'plain', 'sslv2'];
}

/**
 * Whether the peer may still answer another hello. A name that the server does not know stays unknown, and another name's
 * certificate is not what was asked for.
 */
function leavesHope({ outcome, stage, code }: ProbeFailure): boolean {
  if (stage !== 'handshake') return false;
  if (code === NO_CERTIFICATE || code === 'unrecognized_name') return false;
  return code === SSLV2_ANSWER || ['alert', 'closed', 'reset', 'malformed'].includes(outcome);
}
