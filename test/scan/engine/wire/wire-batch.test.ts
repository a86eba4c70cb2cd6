import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Endpoint } from '../../../../src/model/endpoint.js';
import type { Judgement } from '../../../../src/model/judgement.js';
import type { Observation } from '../../../../src/model/observation.js';
import { makeEntryDecoder } from '../../../../src/scan/engine/wire/entry-decoder.js';
import { makeEntryEncoder } from '../../../../src/scan/engine/wire/entry-encoder.js';
import { WIRE_BOUNDS } from '../../../../src/scan/engine/wire/wire-batch.js';
import type { FinishedEntry } from '../../../../src/store/finished-entry.js';
import { fingerprint } from '../../../../src/x509/fingerprint.js';

const RUN = 'run';
const NONE = new Uint8Array();

function endpointAt(place: number): Endpoint {
  return {
    host: '192.0.2.1',
    address: '192.0.2.1',
    port: 1 + (place % 65_535),
    protocol: 'tls',
    serverName: null,
  };
}

function certificateOf(der: Uint8Array) {
  return {
    fingerprintSha256: fingerprint(der),
    commonName: `n${der.length}\ud800 \u202e"`,
    subject: 'CN=x',
    issuer: 'CN=y',
    subjectAltNames: [],
    serialNumber: '01',
    notBefore: null,
    notAfter: null,
    keyType: 'EC',
    keyBits: 256,
    signatureAlgorithm: 'ecdsa-with-SHA256',
    validation: 'DV',
    spkiSha256: '00',
  } as const;
}

function judgementOf(presented: readonly Uint8Array[], message: string): Judgement {
  return {
    presented: presented.map(certificateOf),
    path: { status: 'none', trustStores: [], certificates: [], reason: null },
    findings: [
      { id: 'expired', severity: 'high', subject: null, message, advice: 'renew', citation: 'RFC 5280' },
    ],
    status: 'Warning',
    grade: 'B',
    grades: null,
  };
}

/** A small world, so that things repeat. */
const der = fc.constantFrom(...[1, 2, 3, 40, 500].map((length) => new Uint8Array(length).fill(length)));
const chain = fc.array(der, { maxLength: 3 });

const observation = fc.record({
  time: fc.integer({ min: 0, max: 4e12 }),
  presented: chain,
  isReadable: fc.boolean(),
  ocsp: fc.option(fc.uint8Array({ maxLength: 20 })),
  failed: fc.boolean(),
  message: fc.constantFrom<string>('a', 'b\u0000', '"]},\ud83d'),
  others: fc.option(fc.array(chain, { maxLength: 2 })),
  greeting: fc.option(fc.string()),
  serverName: fc.option(fc.constantFrom<string>('a.example', 'b.example')),
});

const entry = fc.record({
  entry: fc.integer({ min: 0, max: 2 ** 48 }),
  observations: fc.array(observation, { maxLength: 3 }),
});

type Drawn = typeof entry extends fc.Arbitrary<infer Value> ? Value : never;

function finish({ entry: place, observations }: Drawn): FinishedEntry {
  return {
    entry: place,
    observations: observations.map((drawn) => {
      const { failed, greeting, isReadable, message, ocsp, others, presented, serverName, time } = drawn;
      const planned = endpointAt(place);
      const made: Observation = {
        run: RUN,
        observedAt: new Date(time).toISOString(),
        endpoint: serverName === null ? planned : { ...planned, host: serverName, serverName },
        outcome: failed ? 'refused' : 'tls',
        failure: failed ? { stage: 'connect', code: 'ECONNREFUSED', detail: message } : null,
        handshake: failed
          ? null
          : {
              version: 'TLSv1.3',
              cipherSuite: null,
              group: 'x25519',
              compression: null,
              presentedChain: presented,
              ocspResponse: ocsp,
            },
        ...(others && { otherChains: others }),
        ...(greeting !== null && { greeting }),
      };
      const judged = judgementOf(failed || !isReadable ? [] : presented, message);
      const judgement = others ? { ...judged, others: others.flat().map(certificateOf) } : judged;
      return { observation: made, judgement };
    }),
  };
}

describe('entries between threads', () => {
  it('arrive as they were sent, whatever was sent before', () => {
    fc.assert(
      fc.property(fc.array(fc.array(entry, { maxLength: 4 }), { maxLength: 4 }), (batches) => {
        const encode = makeEntryEncoder(endpointAt);
        const decode = makeEntryDecoder(RUN, endpointAt);
        for (const batch of batches) {
          const sent = batch.map(finish);
          expect(decode(encode(sent))).toEqual(sent);
        }
      }),
    );
  });

  it('are the same objects when they come again, and cost little then', () => {
    const encode = makeEntryEncoder(endpointAt);
    const decode = makeEntryDecoder(RUN, endpointAt);
    const drawn = {
      time: 0,
      presented: [new Uint8Array(500).fill(1), new Uint8Array(500).fill(2)],
      isReadable: true,
      ocsp: null,
      failed: false,
      message: 'a',
      others: null,
      greeting: null,
      serverName: null,
    };
    const first = encode([finish({ entry: 1, observations: [drawn] })]);
    const again = encode([finish({ entry: 2, observations: [drawn] })]);
    expect(first.bytes).toHaveLength(1000);
    expect(again.bytes).toHaveLength(0);
    expect(again.text.length).toBeLessThan(40);
    const [one, other] = [decode(first), decode(again)].map(([each]) => each?.observations[0]);
    expect(other?.judgement).toBe(one?.judgement);
    expect(other?.judgement.presented[0]).toBe(one?.judgement.presented[0]);
    expect(other?.observation.handshake?.presentedChain).toBe(one?.observation.handshake?.presentedChain);
  });

  it('say a closed port in some thirty characters', () => {
    const encode = makeEntryEncoder(endpointAt);
    const drawn = {
      time: Date.UTC(2026, 10, 22),
      presented: [],
      isReadable: true,
      ocsp: null,
      failed: true,
      message: 'a',
      others: null,
      greeting: null,
      serverName: null,
    };
    encode([finish({ entry: 1, observations: [drawn] })]);
    const { text } = encode([finish({ entry: 123_456, observations: [drawn] })]);
    expect(text).toBe('[[123456,[1795305600000,0,0,0,0]]]');
  });

  it('are forgotten on both sides at the same time, so that memory stays flat', () => {
    const encode = makeEntryEncoder(endpointAt);
    const decode = makeEntryDecoder(RUN, endpointAt);
    let sent = 0;
    for (let round = 0; round < 3; round++) {
      for (let place = 0; place < WIRE_BOUNDS.chains.entries + 100; place += 10) {
        const entries = Array.from({ length: 10 }, (_, step) => {
          const length = 4 + ((place + step) % 3000);
          const bytes = new Uint8Array(length);
          new DataView(bytes.buffer).setUint32(0, place + step);
          return finish({
            entry: place + step,
            observations: [
              {
                time: 0,
                presented: [bytes],
                isReadable: true,
                ocsp: null,
                failed: false,
                message: 'a',
                others: null,
                greeting: null,
                serverName: null,
              },
            ],
          });
        });
        const batch = encode(entries);
        sent += batch.bytes.length;
        const received = decode(batch);
        for (const [index, { observations }] of received.entries()) {
          const [bytes] = observations[0]?.observation.handshake?.presentedChain ?? [];
          const [wanted] = entries[index]?.observations[0]?.observation.handshake?.presentedChain ?? [];
          if (Buffer.compare(bytes ?? NONE, wanted ?? NONE) !== 0) throw new Error(`${place} differs`);
        }
      }
    }
    expect(sent).toBeGreaterThan(2 * WIRE_BOUNDS.ders.weight);
  });

  it('send again what alone is heavier than all that is remembered', () => {
    const encode = makeEntryEncoder(endpointAt);
    const decode = makeEntryDecoder(RUN, endpointAt);
    const presented = [new Uint8Array(WIRE_BOUNDS.chains.weight + 1)];
    for (let place = 0; place < 3; place++) {
      const sent = finish({
        entry: place,
        observations: [
          {
            time: 0,
            presented,
            isReadable: true,
            ocsp: Uint8Array.of(1, 2),
            failed: false,
            message: 'a',
            others: null,
            greeting: null,
            serverName: null,
          },
        ],
      });
      const batch = encode([sent]);
      expect(batch.bytes.length).toBe(presented[0] ? presented[0].length + 2 : 0);
      expect(decode(batch)[0]?.observations[0]?.judgement).toEqual(sent.observations[0]?.judgement);
    }
  });
});
