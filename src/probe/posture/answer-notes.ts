import { createHash } from 'node:crypto';
import { MAX_ENDPOINT_BYTES } from '../budget.js';
import { CIPHER_SUITES, cipherSuiteName } from '../hello/cipher-suites.js';
import { EXTENSION_TYPE } from '../hello/extension-type.js';
import type { HelloAnswer, ServerHelloAnswer } from '../hello/hello-answer.js';
import type { KeyExchangeParameters } from '../hello/server-key-exchange.js';

/** What the answers to all hellos showed along the way; a yes from any of them counts. */
export interface AnswerNotes {
  secureRenegotiation: boolean | null;
  extendedMasterSecret: boolean | null;
  encryptThenMac: boolean | null;
  heartbeat: boolean | null;
  ocspStapling: boolean | null;
  compression: boolean;
  /** By what tells two keys apart. */
  readonly ephemeralKeys: Map<string, NotedKey>;
  /** By the fingerprints of the chain. */
  readonly chains: Map<string, NotedChain>;
}

/** A key as it was first met. */
export interface NotedKey {
  readonly parameters: Extract<KeyExchangeParameters, { kind: 'dh' | 'rsa' }>;
  /** SHA-256 of the prime or modulus, hex. */
  readonly digest: string;
  readonly cipherSuite: string;
}

/** A chain as it was first met. */
export interface NotedChain {
  readonly authentication: string | null;
  readonly fingerprints: readonly string[];
  readonly presentedChain: readonly Uint8Array[];
}

/** A server that makes new parameters each time shows nothing new after so many. */
const MAX_NOTED_KEYS = 16;

/** What all noted chains together may weigh: as much as one endpoint may send in one connection. */
const MAX_NOTED_BYTES = MAX_ENDPOINT_BYTES;

/** Kinds of keys times a few machines behind one address. */
const MAX_NOTED_CHAINS = 16;

/** Notes of no answer yet. */
export function newAnswerNotes(): AnswerNotes {
  return {
    secureRenegotiation: null,
    extendedMasterSecret: null,
    encryptThenMac: null,
    heartbeat: null,
    ocspStapling: null,
    compression: false,
    ephemeralKeys: new Map(),
    chains: new Map(),
  };
}

/** Takes down what one answer shows. */
export function noteAnswer(notes: AnswerNotes, answer: HelloAnswer): void {
  if (answer.kind !== 'server-hello') return;
  noteExtensions(notes, answer);
  noteKey(notes, answer);
  noteChain(notes, answer);
  if (answer.compression !== 0) notes.compression = true;
}

function noteExtensions(notes: AnswerNotes, answer: ServerHelloAnswer): void {
  const { version, extensions } = answer;
  const has = (type: number) => extensions.has(type);
  if (version === 'TLSv1.3') {
    if (has(EXTENSION_TYPE.heartbeat)) notes.heartbeat = true;
    return;
  }
  notes.secureRenegotiation = yesOr(notes.secureRenegotiation, has(EXTENSION_TYPE.renegotiationInfo));
  // SSLv3 has no extensions: its hellos ask for none of the others.
  if (version === 'SSLv3') return;
  notes.extendedMasterSecret = yesOr(notes.extendedMasterSecret, has(EXTENSION_TYPE.extendedMasterSecret));
  notes.heartbeat = yesOr(notes.heartbeat, has(EXTENSION_TYPE.heartbeat));
  // Only block ciphers with a MAC have an order of the two (RFC 7366, section 3).
  if (CIPHER_SUITES.get(answer.cipherSuite)?.encryption.endsWith('CBC')) {
    notes.encryptThenMac = yesOr(notes.encryptThenMac, has(EXTENSION_TYPE.encryptThenMac));
  }
}

function noteKey({ ephemeralKeys }: AnswerNotes, { keyExchange, cipherSuite }: ServerHelloAnswer): void {
  const parameters = keyExchange?.parameters;
  if (!parameters || (parameters.kind !== 'dh' && parameters.kind !== 'rsa')) return;
  const number = parameters.kind === 'dh' ? parameters.prime : parameters.modulus;
  const digest = createHash('sha256').update(number).digest('hex');
  // An RSA key of an export suite may be new each time: its size is what matters.
  const key = parameters.kind === 'dh' ? digest : `rsa ${parameters.bits}`;
  if (ephemeralKeys.has(key) || ephemeralKeys.size >= MAX_NOTED_KEYS) return;
  ephemeralKeys.set(key, { parameters, digest, cipherSuite: cipherSuiteName(cipherSuite) });
}

function noteChain(notes: AnswerNotes, answer: ServerHelloAnswer): void {
  const { presentedChain, ocspResponse } = answer;
  if (presentedChain === null || presentedChain.length === 0) return;
  if (ocspResponse !== null || answer.failure === null) {
    notes.ocspStapling = yesOr(notes.ocspStapling, ocspResponse !== null);
  }
  const fingerprints = presentedChain.map((der) => createHash('sha256').update(der).digest('hex'));
  const key = fingerprints.join(' ');
  const known = notes.chains.get(key);
  if (known) {
    const authentication = known.authentication ?? authenticationOf(answer);
    notes.chains.set(key, { ...known, authentication });
    return;
  }
  const others = [...notes.chains.values()].map((chain) => weigh(chain.presentedChain));
  const weight = others.reduce((sum, bytes) => sum + bytes, weigh(presentedChain));
  if (notes.chains.size >= MAX_NOTED_CHAINS || weight > MAX_NOTED_BYTES) return;
  notes.chains.set(key, { authentication: authenticationOf(answer), fingerprints, presentedChain });
}

function weigh(chain: readonly Uint8Array[]): number {
  return chain.reduce((sum, der) => sum + der.length, 0);
}

function authenticationOf({ cipherSuite }: ServerHelloAnswer): string | null {
  const authentication = CIPHER_SUITES.get(cipherSuite)?.authentication;
  return authentication === undefined || authentication === 'any' ? null : authentication;
}

function yesOr(before: boolean | null, now: boolean): boolean {
  return before === true || now;
}
