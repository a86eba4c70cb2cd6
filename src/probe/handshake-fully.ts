import { setImmediate } from 'node:timers/promises';
import type { Handshake } from '../model/handshake.js';
import type { ByteStream } from './byte-stream.js';
import { HandshakeFailure } from './hello/handshake-failure.js';
import { ProbeFailure } from './probe-failure.js';
import { newServerFlight, readServerFlight, type ServerFlight } from './server-flight.js';
import { tapStream } from './tap-stream.js';
import { startTlsEngine, type TlsEngine } from './tls-engine.js';

/**
 * Shakes hands through node:tls, accepting every certificate, and tells what was presented. Throws HandshakeFailure with
 * what was learned before. `serverName` null: no SNI is sent.
 *
 * Why the server's bytes are read a second time here: Node hands out the chain as OpenSSL sorted it, by issuer, without
 * strangers and duplicates, and nothing at all when the handshake fails. The bytes say what was sent, in sent order,
 * and why a handshake failed.
 *
 * It is a success as soon as the server's Certificate message was received whole, whatever came after it: a server that
 * then demands a client certificate, signs wrongly or falls silent has shown what we came for.
 */
export async function handshakeFully(stream: ByteStream, serverName: string | null): Promise<Handshake> {
  const engine = startTlsEngine(stream, serverName);
  const flight = newServerFlight();
  try {
    const tap = tapStream(stream, engine.receive);
    const takeSecret = async () => {
      const secret = await promptly(engine.handshakeSecret);
      if (secret === null) throw NO_KEYS;
      return secret;
    };
    const failure = await failureOf(readServerFlight(tap, takeSecret, flight));
    if (failure === null) await complete(engine, tap);
    else if (flight.presentedChain === null) {
      throw HandshakeFailure.from(explain(failure, await promptly(engine.end)), toHandshake(flight));
    }
    const handshake = toHandshake(flight);
    if (handshake === null) throw new Error('certificates without a ServerHello');
    return handshake;
  } finally {
    engine.close();
  }
}

/** Stands for a server whose ServerHello gives no keys; OpenSSL has the better words. */
const NO_KEYS = new ProbeFailure('malformed', 'handshake', 'malformed', 'the ServerHello gives no keys');

/** What says only that nothing more came; if OpenSSL gave the handshake up before, that is why nothing did. */
const ENDINGS = new Set(['closed', 'reset', 'handshake-timeout']);

function explain(failure: ProbeFailure, engineError: Error | null): ProbeFailure {
  if (engineError === null || !(failure === NO_KEYS || ENDINGS.has(failure.outcome))) return failure;
  const reason = 'reason' in engineError ? String(engineError.reason) : engineError.message;
  return new ProbeFailure(
    'malformed',
    'handshake',
    reason.replaceAll(' ', '-'),
    `OpenSSL refused: ${reason}`,
  );
}

/** The network's failure, null for none; what is not the network's is thrown. */
async function failureOf(work: Promise<void>): Promise<ProbeFailure | null> {
  try {
    await work;
    return null;
  } catch (error) {
    if (error instanceof ProbeFailure) return error;
    throw error;
  }
}

/** Sees the handshake through: we need no more of it, but a server logs an error for each that is cut short. */
async function complete(engine: TlsEngine, tap: ByteStream): Promise<void> {
  await Promise.race([engine.end, failureOf(drain(tap))]);
  // OpenSSL reports the end before it sends its last message.
  await setImmediate();
}

/** Reads on for the sake of whoever watches the tap, until the stream fails. */
async function drain(tap: ByteStream): Promise<void> {
  for (;;) {
    tap.take(tap.buffered.length);
    await tap.fill();
  }
}

/** What `promise` comes to once all that was received is worked through; null: it stays open. */
async function promptly<T>(promise: Promise<T>): Promise<T | null> {
  return Promise.race([promise, setImmediate(null)]);
}

function toHandshake(flight: ServerFlight): Handshake | null {
  const { version, presentedChain } = flight;
  return version === null ? null : { ...flight, version, presentedChain: presentedChain ?? [] };
}
