/*
 * Why ports do not decide: what listens on one is often not what its number promises. Whoever speaks TLS is found with
 * the one connection that asks for it; everybody else gives himself away by what he says, so a second connection in the
 * right protocol is made only where the first brought words that name it.
 */
import type { Handshake } from '../model/handshake.js';
import { type Conversation, IMPLICIT_TLS } from './conversation.js';
import { recogniseGreeting } from './dialog/recognise-greeting.js';
import { HandshakeFailure } from './hello/handshake-failure.js';
import type { ProbeFailure } from './probe-failure.js';
import { starttlsProtocols } from './starttls-protocols.js';

/** How speaking one protocol ended. */
export type Attempt =
  | { readonly conversation: Conversation; readonly handshake: Handshake; readonly failure: null }
  | { readonly conversation: Conversation; readonly handshake: null; readonly failure: ProbeFailure };

/** Speaks one protocol up to and through the handshake. */
export type Speak = (
  protocol: string,
  options?: { readonly onSilence?: () => void; readonly maxConnections?: number },
) => Promise<Attempt>;

/** An ordinary web server knows nothing of upgrades to TLS: that is spoken where it was asked for, and nowhere else. */
const ONLY_ON_REQUEST: ReadonlySet<string> = new Set(['http-upgrade']);

/** How a server greets that is one of these, without saying which. */
const AMBIGUOUS_GREETING = /^220[ -]/;
const AMBIGUOUS_PROTOCOLS = ['smtp', 'ftp'];

/**
 * Speaks the protocol asked for and, where the server turns out to speak another, that one. The attempt returned is the
 * one that tells most: its conversation names the protocol that was really spoken.
 */
export async function detect(asked: string, speak: Speak): Promise<Attempt> {
  const first = asked === IMPLICIT_TLS ? await speak(asked) : await speakOrGreet(asked, speak);
  if (first.failure === null) return first;
  let telling: Attempt | null = null;
  for (const { protocol, maxConnections } of alternatives(first.conversation, first.failure)) {
    const next = await speak(protocol, maxConnections === null ? {} : { maxConnections });
    if (next.failure === null) return next;
    if (telling === null && isTelling(next)) telling = next;
  }
  return telling ?? first;
}

/**
 * Speaks a STARTTLS protocol. A server that ought to speak first and does not may be waiting for TLS: it is greeted on a
 * second connection, so that one which is merely slow is not disturbed.
 */
async function speakOrGreet(protocol: string, speak: Speak): Promise<Attempt> {
  const greetings: Promise<Attempt>[] = [];
  const greeted = new Promise<Attempt>((resolve, reject) => {
    const onSilence = () => {
      const greeting = speak(IMPLICIT_TLS, { maxConnections: 1 });
      greetings.push(greeting);
      greeting.then((attempt) => {
        if (attempt.failure === null) resolve(attempt);
      }, reject);
    };
    speak(protocol, { onSilence }).then(resolve, reject);
  });
  const dialog = await greeted;
  const [greeting] = greetings;
  if (dialog.failure === null || greeting === undefined) return dialog;
  const attempt = await greeting;
  return isTelling(attempt) ? attempt : dialog;
}

interface Alternative {
  readonly protocol: string;
  /** Null: as many as the protocol takes. */
  readonly maxConnections: number | null;
}

/** What may be worth speaking after a failure, likeliest first. */
function alternatives(conversation: Conversation, failure: ProbeFailure): readonly Alternative[] {
  const { firstWords, protocol } = conversation;
  const isImplicit = protocol === IMPLICIT_TLS;
  if (failure.stage !== (isImplicit ? 'handshake' : 'starttls')) return [];
  if (failure.outcome === 'not-tls') {
    return protocolsOf(firstWords)
      .filter((each) => each !== protocol)
      .map((each) => ({ protocol: each, maxConnections: null }));
  }
  // A TLS server may hang up on words that it does not understand, without one of its own.
  const hungUp = failure.outcome === 'closed' || failure.outcome === 'reset';
  if (!isImplicit && hungUp && firstWords.length === 0)
    return [{ protocol: IMPLICIT_TLS, maxConnections: 1 }];
  return [];
}

function protocolsOf(words: Buffer): readonly string[] {
  const protocol = recogniseGreeting(words)?.protocol ?? null;
  if (protocol === null) return AMBIGUOUS_GREETING.test(words.toString('latin1')) ? AMBIGUOUS_PROTOCOLS : [];
  const isKnown = protocol === IMPLICIT_TLS || starttlsProtocols.has(protocol);
  return isKnown && !ONLY_ON_REQUEST.has(protocol) ? [protocol] : [];
}

/** Whether an attempt shows that its protocol is the right one, though it came to nothing. */
function isTelling({ conversation, failure }: Attempt): boolean {
  if (failure === null || failure.outcome === 'starttls-refused') return true;
  // After the go-ahead all is TLS.
  if (conversation.protocol !== IMPLICIT_TLS) return failure.stage === 'handshake';
  const isTls = failure.outcome === 'alert' || failure.outcome === 'malformed';
  return isTls || (failure instanceof HandshakeFailure && failure.handshake !== null);
}
