import pLimit from 'p-limit';
import type { ClosableStream } from '../hello/discover-chain.js';
import { type DiscoveryHello, discoveryHello } from '../hello/discovery-hello.js';
import { type Extent, exchangeHello } from '../hello/exchange-hello.js';
import type { HelloAnswer } from '../hello/hello-answer.js';
import type { HelloSpec } from '../hello/hello-spec.js';
import { ProbeFailure } from '../probe-failure.js';
import { type Reply, readReply } from './reply.js';

/** Opens a connection, up to where TLS begins, that has so many milliseconds in all. */
export type OpenStream = (timeoutMs: number) => Promise<ClosableStream>;

/** What asking may cost. */
export interface AskerOptions {
  readonly serverName: string | null;
  /** The hello that the server is known to answer. */
  readonly knownHello: DiscoveryHello;
  /** For one connection, milliseconds; all together have `POSTURE_TIMEOUTS` times as much. */
  readonly timeoutMs: number;
  /** Connections open to the server at one time. */
  readonly connectionsAtOnce: number;
  /** Told of each answer. */
  answered(answer: HelloAnswer): void;
}

/** Puts questions to one server, each on a connection of its own. */
export interface Asker {
  /** Asks one hello. Hanging up counts as a no only where the server still answers others, and does it again. */
  ask(spec: HelloSpec, extent: Extent): Promise<Reply<HelloAnswer>>;
  /** Asks in other words than a TLS hello. */
  converse<Answer>(speak: (stream: ClosableStream) => Promise<Answer>): Promise<Reply<Answer>>;
  /** Whether the server answers what it answered before. */
  stillAnswers(): Promise<boolean>;
  readonly connections: number;
  /** The most suites in a hello with extensions that was answered: so many do not frighten this server. */
  readonly toleratedSuites: number;
}

/** A server of four versions and all suites answers in this many round trips even on a slow line. */
export const POSTURE_TIMEOUTS = 4;

/** A Java server with all its suites switched on takes 162; who has more to say is not worth listening to. */
const MAX_CONNECTIONS = 500;

/** So many connects without success mean that the server has had enough of us. */
const MAX_FAILED_CONNECTS = 3;

/** Makes an asker, whose time begins now. It throws only when the scan is cancelled, and for faults of our own. */
export function createAsker(open: OpenStream, options: AskerOptions): Asker {
  const { timeoutMs, serverName, answered } = options;
  const limit = pLimit(options.connectionsAtOnce);
  const deadlineAt = performance.now() + POSTURE_TIMEOUTS * timeoutMs;
  let connections = 0;
  let failedConnects = 0;
  let toleratedSuites = 0;
  let lastAnswered = discoveryHello(options.knownHello, serverName);

  async function converseNow<Answer>(
    speak: (stream: ClosableStream) => Promise<Answer>,
  ): Promise<Reply<Answer>> {
    const leftMs = deadlineAt - performance.now();
    if (leftMs <= 0) return unknown(`not asked within ${POSTURE_TIMEOUTS * timeoutMs} ms`);
    if (connections >= MAX_CONNECTIONS) return unknown(`not asked within ${MAX_CONNECTIONS} connections`);
    if (failedConnects >= MAX_FAILED_CONNECTS) return unknown('the server accepts no more connections');
    connections += 1;
    let stream: ClosableStream | null = null;
    try {
      stream = await open(Math.min(timeoutMs, leftMs));
      failedConnects = 0;
      return { kind: 'answer', answer: await speak(stream) };
    } catch (failure) {
      if (!(failure instanceof ProbeFailure) || failure.outcome === 'cancelled') throw failure;
      if (stream === null) failedConnects += 1;
      return readReply(failure);
    } finally {
      stream?.close();
    }
  }

  async function exchange(spec: HelloSpec, extent: Extent): Promise<Reply<HelloAnswer>> {
    const reply = await limit(() => converseNow((stream) => exchangeHello(stream, spec, extent)));
    if (reply.kind !== 'answer') return reply;
    const { answer } = reply;
    if (answer.kind === 'server-hello' && answer.failure?.outcome === 'cancelled') throw answer.failure;
    lastAnswered = spec;
    if (!spec.plain) toleratedSuites = Math.max(toleratedSuites, spec.cipherSuites.length);
    answered(answer);
    return reply;
  }

  async function stillAnswers(): Promise<boolean> {
    return (await exchange(lastAnswered, 'server-hello')).kind === 'answer';
  }

  return {
    async ask(spec, extent) {
      const reply = await exchange(spec, extent);
      if (reply.kind !== 'refusal' || reply.alert !== null) return reply;
      if (!(await stillAnswers())) return unknown(`the server does not answer any more: ${reply.detail}`);
      return exchange(spec, extent);
    },
    stillAnswers,
    converse: (speak) => limit(() => converseNow(speak)),
    get connections() {
      return connections;
    },
    get toleratedSuites() {
      return toleratedSuites;
    },
  };
}

function unknown(reason: string): Reply<never> {
  return { kind: 'unknown', reason };
}
