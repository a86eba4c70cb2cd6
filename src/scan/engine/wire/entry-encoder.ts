import type { Certificate } from '../../../model/certificate.js';
import type { Endpoint } from '../../../model/endpoint.js';
import type { Handshake } from '../../../model/handshake.js';
import type { Judgement } from '../../../model/judgement.js';
import type { FinishedEntry } from '../../../store/finished-entry.js';
import type { JudgedObservation } from '../../../store/save-observations.js';
import { fingerprint } from '../../../x509/fingerprint.js';
import { makeNumbering, referTo } from './numbering.js';
import { WIRE_BOUNDS, type WireBatch } from './wire-batch.js';

/** Writes batches for the main thread; each names what was sent in those before, so none may be lost. */
export type EntryEncoder = (entries: readonly FinishedEntry[]) => WireBatch;

/** What a short thing weighs beside its text. */
const OVERHEAD = 128;

/** Bytes of text that the facts of one certificate take in a judgement: a reference. */
const REFERENCE_WEIGHT = 16;

/** Makes the encoder of one worker. `endpointAt` is that of the plan. */
export function makeEntryEncoder(endpointAt: (place: number) => Endpoint): EntryEncoder {
  const endings = makeNumbering(WIRE_BOUNDS.endings);
  const negotiations = makeNumbering(WIRE_BOUNDS.negotiations);
  const ders = makeNumbering(WIRE_BOUNDS.ders);
  const facts = makeNumbering(WIRE_BOUNDS.facts);
  const chains = makeNumbering(WIRE_BOUNDS.chains);
  const judgements = makeNumbering(WIRE_BOUNDS.judgements);
  let bytes: Uint8Array[] = [];

  function writeEntry({ entry, observations }: FinishedEntry): string {
    const planned = endpointAt(entry);
    let text = `[${entry}`;
    for (const judged of observations) text += `,${writeObservation(judged, planned)}`;
    return `${text}]`;
  }

  function writeObservation({ observation, judgement }: JudgedObservation, planned: Endpoint): string {
    const {
      run: _run,
      observedAt,
      endpoint,
      outcome,
      failure,
      handshake,
      otherChains,
      ...rest
    } = observation;
    const ending = JSON.stringify([outcome, failure]);
    const parts = [
      Date.parse(observedAt),
      referTo(endings, ending, OVERHEAD + ending.length, (weight) => `[${weight},${ending.slice(1)}`),
      handshake === null ? 0 : writeHandshake(handshake, judgement),
      otherChains === undefined ? 0 : `[${otherChains.map((chain) => writeChain(chain, [])).join()}]`,
      writeJudgement(judgement),
    ];
    const more = isSameEndpoint(endpoint, planned) ? rest : { ...rest, endpoint };
    const hasMore = more !== rest || hasAny(rest);
    return `[${parts.join()}${hasMore ? `,${JSON.stringify(more)}` : ''}]`;
  }

  function writeHandshake(handshake: Handshake, { presented }: Judgement): string {
    const { cipherSuite, compression, group, ocspResponse, presentedChain, version } = handshake;
    const negotiated = JSON.stringify([version, cipherSuite, group, compression]);
    const negotiation = referTo(
      negotiations,
      negotiated,
      OVERHEAD + negotiated.length,
      (weight) => `[${weight},${negotiated.slice(1)}`,
    );
    const chain = writeChain(presentedChain, presented);
    if (ocspResponse !== null) bytes.push(ocspResponse);
    return `[${negotiation},${chain},${ocspResponse === null ? -1 : ocspResponse.length}]`;
  }

  /**
   * `known`: the facts of the chain's certificates as far as they can be read. Where all can, they tell the fingerprints,
   * which would else cost more than all the rest.
   */
  function writeChain(chain: readonly Uint8Array[], known: readonly Certificate[]): string | number {
    const prints = chain.map((der, index) =>
      known.length === chain.length
        ? (known[index]?.fingerprintSha256 ?? fingerprint(der))
        : fingerprint(der),
    );
    const length = chain.reduce((sum, der) => sum + der.length, OVERHEAD);
    return referTo(chains, prints.join(), length, (weight) => {
      const links = chain.map((der, index) => writeDer(der, prints[index] ?? ''));
      return `[${[weight, ...links].join()}]`;
    });
  }

  function writeDer(der: Uint8Array, print: string): string | number {
    return referTo(ders, print, der.length, (weight) => {
      bytes.push(der);
      return `[${weight}]`;
    });
  }

  function writeJudgement(judgement: Judgement): string | number {
    const known = judgements.find(judgement);
    if (known !== undefined) return known;
    const { presented, others, ...rest } = judgement;
    const content = JSON.stringify(rest);
    const key = `${printsOf(presented)} ${others ? printsOf(others) : '-'} ${content}`;
    const references = REFERENCE_WEIGHT * (presented.length + (others?.length ?? 0));
    const written = referTo(judgements, key, OVERHEAD + content.length + references, (weight) => {
      const all = presented.map(writeFacts).join();
      return `[${weight},[${all}],${others ? `[${others.map(writeFacts).join()}]` : null},${content}]`;
    });
    judgements.remember(judgement, key);
    return written;
  }

  function writeFacts(certificate: Certificate): string | number {
    const { fingerprintSha256 } = certificate;
    const known = facts.numberOf(fingerprintSha256);
    if (known !== undefined) return known;
    const content = JSON.stringify(certificate);
    return referTo(facts, fingerprintSha256, OVERHEAD + content.length, (weight) => `[${weight},${content}]`);
  }

  return (entries) => {
    bytes = [];
    const text = `[${entries.map(writeEntry).join()}]`;
    return { text, bytes: join(bytes) };
  };
}

/** Whether an observation goes to the very endpoint that the plan has. */
function isSameEndpoint(one: Endpoint, other: Endpoint): boolean {
  return (
    one === other ||
    (one.host === other.host &&
      one.address === other.address &&
      one.port === other.port &&
      one.protocol === other.protocol &&
      one.serverName === other.serverName)
  );
}

function hasAny(rest: object): boolean {
  for (const _key in rest) return true;
  return false;
}

function printsOf(certificates: readonly Certificate[]): string {
  return certificates.map(({ fingerprintSha256 }) => fingerprintSha256).join();
}

/** Never a part of a larger buffer, so that it can change hands. */
function join(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let position = 0;
  for (const part of parts) {
    joined.set(part, position);
    position += part.length;
  }
  return joined;
}
