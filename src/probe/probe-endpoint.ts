import type { Endpoint } from '../model/endpoint.js';
import type { Stage } from '../model/failure.js';
import type { Handshake } from '../model/handshake.js';
import type { ProbeResult } from '../model/observation.js';
import { Budget, type ProbeLimits } from './budget.js';
import { Connection } from './connection.js';
import { Conversation, type ConversationOptions, IMPLICIT_TLS } from './conversation.js';
import { detect, type Speak } from './detect.js';
import { handshakeFully } from './handshake-fully.js';
import { discoverChain } from './hello/discover-chain.js';
import { HandshakeFailure } from './hello/handshake-failure.js';
import { openOnce } from './posture/open-once.js';
import { probePosture } from './posture/probe-posture.js';
import { ProbeFailure } from './probe-failure.js';
import type { HttpProxy } from './proxy.js';
import { starttlsProtocols } from './starttls-protocols.js';

/** What a probe may cost and how it goes about the handshake. */
export interface ProbeOptions {
  readonly limits: ProbeLimits;
  readonly signal?: AbortSignal;
  /**
   * `hello`: own hellos, up to four connections, no handshake is completed; cheap, and reaches servers from SSLv2 on.
   * `full`: node:tls completes one handshake, TLS 1.0 and later.
   */
  readonly handshake: 'hello' | 'full';
  /** `posture`: where the handshake came about, all versions, suites and groups are asked for, too. Default: `certificate`. */
  readonly depth?: 'certificate' | 'posture';
  /** Connections open at one time while the posture is asked for; default: `CONNECTIONS_AT_ONCE`. */
  readonly connectionsAtOnce?: number | undefined;
  /** Every connection leads through this HTTP proxy; absent: straight to the endpoint. */
  readonly proxy?: HttpProxy | undefined;
  /**
   * Told how many milliseconds an address took to answer a connect, by SYN-ACK or RST. Not told of connections through a
   * proxy, nor when this process was too busy to measure the time.
   */
  readonly connected?: ((address: string, ms: number) => void) | undefined;
}

/**
 * Finds out what one endpoint says: connects, speaks the protocol asked for or the one that the server turns out to
 * speak, and shakes hands. Never rejects: what the network did wrong is an outcome, and what we did wrong is the outcome
 * `internal` with the stack.
 */
export function probeEndpoint(endpoint: Endpoint, options: ProbeOptions): Promise<ProbeResult> {
  const { address, port, protocol } = endpoint;
  const { connected, limits, proxy, signal } = options;
  const budget = new Budget(limits);
  if (proxy || address === null || !isSpoken(protocol)) return converse(endpoint, options, budget, null);
  // Most addresses never answer: all that is needed to speak to one is made when it does.
  return Connection.open({ address, port, budget, signal, connected }).then(
    (connection) => converse(endpoint, options, budget, connection),
    describeError,
  );
}

/** Speaks with the endpoint over `first` and what other connections it takes. Never rejects. */
async function converse(
  endpoint: Endpoint,
  options: ProbeOptions,
  budget: Budget,
  first: Connection | null,
): Promise<ProbeResult> {
  const conversations: Conversation[] = [];
  const { connected, proxy, signal } = options;
  const bounds: ConversationOptions = {
    endpoint,
    budget,
    ...(signal && { signal }),
    ...(proxy && { proxy }),
    ...(connected && { connected }),
  };
  const speak: Speak = async (protocol, more = {}) => {
    const isFirst = conversations.length === 0;
    const conversation = new Conversation(protocol, {
      ...bounds,
      ...more,
      ...(isFirst && first && { first }),
    });
    conversations.push(conversation);
    try {
      return { conversation, handshake: await shakeHands(conversation, endpoint, options), failure: null };
    } catch (failure) {
      if (failure instanceof ProbeFailure) return { conversation, handshake: null, failure };
      throw failure;
    }
  };
  try {
    const { conversation, handshake, failure } = await detect(endpoint.protocol, speak);
    const said = whatWasSaid(conversation, endpoint);
    if (failure === null) {
      // All that was to be heard is; a full handshake would else hold a connection beside those of the posture.
      for (const each of conversations) each.close();
      const more =
        options.depth === 'posture'
          ? await learnPosture(conversation.protocol, bounds, handshake, options)
          : {};
      return { outcome: 'tls', failure, handshake, ...said, ...more };
    }
    const learned = failure instanceof HandshakeFailure ? failure.handshake : null;
    return { outcome: failure.outcome, failure: failure.toFailure(), handshake: learned, ...said };
  } catch (error) {
    return describeError(error, conversations.at(-1)?.stage);
  } finally {
    for (const conversation of conversations) conversation.close();
  }
}

function isSpoken(protocol: string): boolean {
  return protocol === IMPLICIT_TLS || starttlsProtocols.has(protocol);
}

/** The result of a probe that ended in a failure, or in a fault of ours, of which nothing was learned. */
function describeError(error: unknown, stage: Stage = 'connect'): ProbeResult {
  if (error instanceof ProbeFailure) {
    return { outcome: error.outcome, failure: error.toFailure(), handshake: null };
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { outcome: 'internal', failure: { stage, code: 'internal', detail }, handshake: null };
}

function shakeHands(conversation: Conversation, { serverName }: Endpoint, { handshake }: ProbeOptions) {
  if (handshake === 'hello') return discoverChain(() => conversation.open(), { serverName });
  return conversation.open().then((stream) => handshakeFully(stream, serverName));
}

/** Asks how the server is set up. Throws ProbeFailure when the scan is cancelled meanwhile, and for nothing else. */
async function learnPosture(
  protocol: string,
  bounds: ConversationOptions,
  { presentedChain, version }: Handshake,
  { connectionsAtOnce }: ProbeOptions,
): Promise<Pick<ProbeResult, 'posture' | 'otherChains'>> {
  const { limits } = bounds.budget;
  const { posture, presentedChains } = await probePosture(openOnce(protocol, limits, bounds), {
    serverName: bounds.endpoint.serverName,
    knownVersion: version,
    protocol,
    timeoutMs: limits.timeoutMs,
    ...(connectionsAtOnce !== undefined && { connectionsAtOnce }),
  });
  const otherChains = presentedChains.filter((chain) => !isSameChain(chain, presentedChain));
  return { posture, ...(otherChains.length > 0 && { otherChains }) };
}

function isSameChain(one: readonly Uint8Array[], other: readonly Uint8Array[]): boolean {
  return (
    one.length === other.length &&
    one.every((der, index) => Buffer.compare(der, other[index] ?? NOTHING) === 0)
  );
}

const NOTHING = new Uint8Array();

/** What a conversation adds to its result. */
function whatWasSaid(
  { greeting, plaintextAfterGoAhead, protocol }: Conversation,
  endpoint: Endpoint,
): Pick<ProbeResult, 'greeting' | 'plaintextAfterGoAhead' | 'protocol'> {
  return {
    ...(protocol !== endpoint.protocol && { protocol }),
    ...(greeting !== null && { greeting }),
    ...(plaintextAfterGoAhead !== null && { plaintextAfterGoAhead }),
  };
}
