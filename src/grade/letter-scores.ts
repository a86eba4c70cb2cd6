import type { GradeScores, Letter } from '../model/grades.js';
import { TLS_VERSIONS, type TlsVersion } from '../model/posture.js';
import type { SubjectPublicKey } from '../x509/parsed-certificate.js';
import type { EndpointFacts } from './endpoint-facts.js';
import { findSuiteStrength } from './suite-strength.js';
import { acceptedSuites } from './suite-traits.js';

/** SSL Labs rating guide, "Protocol support". */
const PROTOCOL_SCORES: Readonly<Record<TlsVersion, number>> = {
  SSLv2: 0,
  SSLv3: 80,
  TLSv1: 90,
  'TLSv1.1': 95,
  'TLSv1.2': 100,
  'TLSv1.3': 100,
};

/** Key sizes below which a score holds; "Key exchange" of the guide, and equal strength on curves. */
const RSA_SCORES = [
  [512, 20],
  [1024, 40],
  [2048, 80],
  [4096, 90],
] as const;
const EC_SCORES = [
  [110, 20],
  [123, 40],
  [163, 80],
  [225, 90],
] as const;

/** Totals from which a letter is earned. */
const LETTER_TOTALS: readonly (readonly [number, Letter])[] = [
  [80, 'A'],
  [65, 'B'],
  [50, 'C'],
  [35, 'D'],
  [20, 'E'],
];

/** Scores a server as the SSL Labs rating guide does; null: too little of it is known. */
export function findLetterScores(facts: EndpointFacts): GradeScores | null {
  const protocol = scoreProtocols(facts);
  const keyExchange = scoreKeyExchange(facts);
  const cipher = scoreCiphers(facts);
  if (protocol === null || keyExchange === null || cipher === null) return null;
  const isAnyZero = protocol === 0 || keyExchange === 0 || cipher === 0;
  // In tenths of a percent, as 0.3 times 90 is not 27 in binary.
  const total = isAnyZero ? 0 : Math.round(3 * protocol + 3 * keyExchange + 4 * cipher) / 10;
  return { protocol, keyExchange, cipher, total };
}

/** The letter that a total earns. */
export function letterOfScore(total: number): Letter {
  return LETTER_TOTALS.find(([least]) => total >= least)?.[1] ?? 'F';
}

function scoreProtocols({ posture }: EndpointFacts): number | null {
  return middle(TLS_VERSIONS.filter((each) => posture?.versions[each]).map((each) => PROTOCOL_SCORES[each]));
}

function scoreCiphers({ posture }: EndpointFacts): number | null {
  const strengths = (posture?.cipherSuites ?? []).flatMap(({ names }) => names.map(findSuiteStrength));
  return middle(strengths.filter((bits) => bits !== null).map(scoreStrength));
}

function scoreStrength(bits: number): number {
  if (bits === 0) return 0;
  if (bits < 128) return 20;
  return bits < 256 ? 80 : 100;
}

/** The weakest link: the server's key, or what keys are agreed on with. */
function scoreKeyExchange(facts: EndpointFacts): number | null {
  const { leaf, posture } = facts;
  if (posture === null) return null;
  const scores = [
    leaf === null ? null : scoreKey(leaf.publicKey),
    ...posture.ephemeralKeys.map(({ bits }) => scoreSize(bits, RSA_SCORES)),
    ...posture.groups.flatMap(({ names }) => names.map(scoreGroup)),
    ...(acceptedSuites(facts, 'export').length > 0 ? [40] : []),
    ...(acceptedSuites(facts, 'anonymous').length > 0 ? [0] : []),
  ].filter((score) => score !== null);
  return scores.length === 0 ? null : Math.min(...scores);
}

function scoreKey({ type, bits }: SubjectPublicKey): number | null {
  if (/^(RSA|DSA|DH)/.test(type)) return bits === null ? null : scoreSize(bits, RSA_SCORES);
  if (/^(EC|Ed|X)/.test(type)) return bits === null ? null : scoreSize(bits, EC_SCORES);
  return /^(ML-DSA|SLH-DSA|GOST)/.test(type) ? 100 : null;
}

/** Groups that say their size: `ffdhe2048`, `secp160r1`, `sect163k1`; all others are as strong as P-256 or stronger. */
function scoreGroup(name: string): number | null {
  const size = /^(ffdhe|sec[pt])(\d+)/.exec(name);
  return size === null ? null : scoreSize(Number(size[2]), size[1] === 'ffdhe' ? RSA_SCORES : EC_SCORES);
}

function scoreSize(bits: number, table: readonly (readonly [number, number])[]): number {
  return table.find(([below]) => bits < below)?.[1] ?? 100;
}

/** The guide takes the mean of best and worst. */
function middle(scores: readonly number[]): number | null {
  return scores.length === 0 ? null : (Math.max(...scores) + Math.min(...scores)) / 2;
}
