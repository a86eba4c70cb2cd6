import type { Certificate } from '../../../model/certificate.js';
import type { Failure } from '../../../model/failure.js';
import type { Handshake } from '../../../model/handshake.js';
import type { Judgement } from '../../../model/judgement.js';
import type { Observation } from '../../../model/observation.js';
import type { Outcome } from '../../../model/outcome.js';
import type { FifoBounds } from './fifo-table.js';

/*
 * How finished entries travel from a worker to the main thread. Most of a network is silence, and most of what speaks has
 * been heard before: certificates, chains, judgements and outcomes are numbered by the worker when they are first sent
 * (0, 1, 2 ... for each kind), and afterwards the number stands for them, as long as both sides have not forgotten it. An
 * entry is an array of numbers then, and a closed port takes some thirty characters.
 *
 * Why JSON: it is read several times faster than what structured cloning makes of many small objects. Bytes (certificates
 * and stapled responses) travel beside it, one after the other, in the order in which the text needs them.
 */

/** A batch of entries: a JSON array of `WireEntry`, and the bytes that belong to it. */
export interface WireBatch {
  readonly text: string;
  readonly bytes: Uint8Array;
}

/** The number of what was sent before, or the thing itself, which then has the next number of its kind. */
export type WireReference<Thing> = number | Thing;

/** Every thing that is numbered begins with what it weighs in the tables of both sides. */
type Weight = number;

/** How a probe ended. */
export type WireEnding = readonly [Weight, Outcome, Failure | null];

/** What was negotiated. */
export type WireNegotiation = readonly [
  Weight,
  Handshake['version'],
  Handshake['cipherSuite'],
  Handshake['group'],
  Handshake['compression'],
];

/** A certificate in DER, as so many of the bytes; it weighs that many. */
export type WireDer = readonly [Weight];

/** A chain, as sent. */
export type WireChain = readonly [Weight, ...WireReference<WireDer>[]];

/** What records show of one certificate. */
export type WireFacts = readonly [Weight, Certificate];

/** A judgement: its `presented`, its `others`, and the rest of it. */
export type WireJudgement = readonly [
  Weight,
  readonly WireReference<WireFacts>[],
  readonly WireReference<WireFacts>[] | null,
  Omit<Judgement, 'presented' | 'others'>,
];

/** Negotiation, chain, and the length of the stapled response, -1 where there is none. */
export type WireHandshake = readonly [WireReference<WireNegotiation>, WireReference<WireChain>, number];

/** What else there is to an observation. Its `endpoint` is absent where it is that of the plan. */
export type WireRest = Partial<
  Omit<Observation, 'run' | 'observedAt' | 'outcome' | 'failure' | 'handshake' | 'otherChains'>
>;

/** One observation: when (milliseconds since 1970), how it ended, the rest only where there is more to say. */
export type WireObservation = readonly [
  time: number,
  ending: WireReference<WireEnding>,
  handshake: WireHandshake | 0,
  otherChains: readonly WireReference<WireChain>[] | 0,
  judgement: WireReference<WireJudgement>,
  rest?: WireRest,
];

/** One entry: its place in the plan, and its observations. */
export type WireEntry = readonly [place: number, ...observations: WireObservation[]];

/**
 * What both sides keep of each kind: some thousand ordinary servers, whose certificates a plan meets on several ports and
 * names. All kinds together are some twenty megabytes for each worker when everything is as heavy as it can be.
 */
export const WIRE_BOUNDS = {
  endings: { entries: 1024, weight: 1024 * 1024 },
  negotiations: { entries: 1024, weight: 1024 * 1024 },
  ders: { entries: 4096, weight: 4 * 1024 * 1024 },
  facts: { entries: 4096, weight: 4 * 1024 * 1024 },
  chains: { entries: 4096, weight: 6 * 1024 * 1024 },
  judgements: { entries: 4096, weight: 4 * 1024 * 1024 },
} as const satisfies Record<string, FifoBounds>;
