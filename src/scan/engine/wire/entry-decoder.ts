import type { Certificate } from '../../../model/certificate.js';
import type { Endpoint } from '../../../model/endpoint.js';
import type { Failure } from '../../../model/failure.js';
import type { Handshake } from '../../../model/handshake.js';
import type { Judgement } from '../../../model/judgement.js';
import type { Outcome } from '../../../model/outcome.js';
import type { FinishedEntry } from '../../../store/finished-entry.js';
import type { JudgedObservation } from '../../../store/save-observations.js';
import { type FifoBounds, makeFifoTable } from './fifo-table.js';
import {
  WIRE_BOUNDS,
  type WireBatch,
  type WireChain,
  type WireDer,
  type WireEnding,
  type WireEntry,
  type WireFacts,
  type WireHandshake,
  type WireJudgement,
  type WireNegotiation,
  type WireObservation,
  type WireReference,
} from './wire-batch.js';

/**
 * Reads the batches of one worker, all of them and in order. What is sent again is the same object again: chains,
 * certificates' facts, failures and judgements alike, so that whoever stores them knows them by identity.
 */
export type EntryDecoder = (batch: WireBatch) => readonly FinishedEntry[];

interface Ending {
  readonly outcome: Outcome;
  readonly failure: Failure | null;
}

type Negotiation = Pick<Handshake, 'version' | 'cipherSuite' | 'group' | 'compression'>;

/** Makes the decoder for one worker; `endpointAt` is that of the plan. */
export function makeEntryDecoder(run: string, endpointAt: (place: number) => Endpoint): EntryDecoder {
  const ending = makeReader<WireEnding, Ending>(WIRE_BOUNDS.endings, ([, outcome, failure]) => ({
    outcome,
    failure,
  }));
  const negotiation = makeReader<WireNegotiation, Negotiation>(
    WIRE_BOUNDS.negotiations,
    ([, version, cipherSuite, group, compression]) => ({ version, cipherSuite, group, compression }),
  );
  const der = makeReader<WireDer, Uint8Array>(WIRE_BOUNDS.ders, ([length]) => takeBytes(length));
  const facts = makeReader<WireFacts, Certificate>(WIRE_BOUNDS.facts, ([, certificate]) => certificate);
  const chain = makeReader<WireChain, readonly Uint8Array[]>(WIRE_BOUNDS.chains, ([, ...links]) =>
    links.map(der),
  );
  const judgement = makeReader<WireJudgement, Judgement>(
    WIRE_BOUNDS.judgements,
    ([, presented, others, rest]) => ({
      ...rest,
      presented: presented.map(facts),
      ...(others && { others: others.map(facts) }),
    }),
  );
  let bytes: Uint8Array = new Uint8Array();
  let position = 0;

  function takeBytes(length: number): Uint8Array {
    position += length;
    return bytes.subarray(position - length, position);
  }

  function readHandshake([negotiated, presented, ocspLength]: WireHandshake): Handshake {
    const { cipherSuite, compression, group, version } = negotiation(negotiated);
    const presentedChain = chain(presented);
    const ocspResponse = ocspLength < 0 ? null : takeBytes(ocspLength);
    return { version, cipherSuite, group, compression, presentedChain, ocspResponse };
  }

  function readObservation(wire: WireObservation, planned: Endpoint): JudgedObservation {
    const [time, ended, shaken, otherChains, judged, rest] = wire;
    const { failure, outcome } = ending(ended);
    const handshake = shaken === 0 ? null : readHandshake(shaken);
    const others = otherChains === 0 ? null : otherChains.map(chain);
    const observation = {
      run,
      observedAt: new Date(time).toISOString(),
      endpoint: planned,
      outcome,
      failure,
      handshake,
      ...(others && { otherChains: others }),
      ...rest,
    };
    return { observation, judgement: judgement(judged) };
  }

  return (batch) => {
    bytes = batch.bytes;
    position = 0;
    const entries: readonly WireEntry[] = JSON.parse(batch.text);
    return entries.map(([entry, ...observations]) => {
      const planned = endpointAt(entry);
      return { entry, observations: observations.map((each) => readObservation(each, planned)) };
    });
  };
}

/** Makes the reader of one kind, which looks numbers up and numbers what is new just as the worker did. */
function makeReader<Wire extends readonly [number, ...unknown[]], Thing>(
  bounds: FifoBounds,
  read: (wire: Wire) => Thing,
): (reference: WireReference<Wire>) => Thing {
  const things = makeFifoTable<number, Thing>(bounds);
  let next = 0;
  return (reference) => {
    if (typeof reference === 'number') {
      const known = things.get(reference);
      if (known === undefined) throw new Error(`a worker refers to number ${reference}, which nobody knows`);
      return known;
    }
    const thing = read(reference);
    things.add(next, thing, reference[0]);
    next += 1;
    return thing;
  };
}
