import { describe, expect, it } from 'vitest';
import type { Observation } from '../../src/model/observation.js';
import { createNameFinder, MAX_NAMES_PER_ENDPOINT } from '../../src/scan/name-finder.js';
import {
  makeFacts,
  makeJudgement,
  makeRefused,
  makeTls,
  NO_CERTIFICATE,
} from '../store/sample-observation.js';

const { signal } = new AbortController();
const reverse = async () => ['ptr.example'];

function judgementOf(commonName: string | null, subjectAltNames: readonly string[]) {
  return makeJudgement([], { presented: [makeFacts('leaf', { commonName, subjectAltNames })] });
}

const NAMED = judgementOf('cn.example', [
  'DNS:a.example',
  'IP:192.0.2.7',
  'DNS:*.b.example',
  'DNS:A.example',
]);

describe('the name finder', () => {
  it.each([
    [['ptr'], ['ptr.example']],
    [['san'], ['a.example']],
    [['cert'], ['cn.example', 'a.example']],
    [
      ['san', 'cert', 'ptr'],
      ['ptr.example', 'cn.example', 'a.example'],
    ],
  ] as const)('finds with %j the names that can be sent: %j', async (sources, names) => {
    const find = createNameFinder(sources, reverse);
    expect(await find(makeTls().observation, NAMED, signal)).toEqual(names);
  });

  it.each(['192.0.2.7', 'Corp Root CA', 'localhost:8443', '*', 'a..b', ''])(
    'takes %j for no name',
    async (commonName) => {
      const find = createNameFinder(['cert'], reverse);
      expect(await find(makeTls().observation, judgementOf(commonName, []), signal)).toEqual([]);
    },
  );

  it('tries no more than its share', async () => {
    const many = Array.from({ length: 10_000 }, (_, index) => `DNS:n${index}.example`);
    const names = await createNameFinder(['san'], reverse)(
      makeTls().observation,
      judgementOf(null, many),
      signal,
    );
    expect(names).toHaveLength(MAX_NAMES_PER_ENDPOINT);
    expect(names[0]).toBe('n0.example');
  });

  const turnedAway = (changes: Partial<Observation>): Observation => ({
    ...makeRefused().observation,
    failure: { stage: 'handshake', code: 'unrecognized_name', detail: '' },
    ...changes,
  });

  it.each([
    ['says that it knows no such name', turnedAway({ outcome: 'alert' })],
    ['hangs up on the hello', turnedAway({ outcome: 'closed' })],
    [
      'presents no certificate',
      turnedAway({
        outcome: 'malformed',
        failure: { stage: 'handshake', code: 'no-certificate', detail: '' },
      }),
    ],
  ])('asks for the reverse name where a server %s', async (_, observation) => {
    expect(await createNameFinder(['ptr'], reverse)(observation, NO_CERTIFICATE, signal)).toEqual([
      'ptr.example',
    ]);
  });

  it('asks nobody about an endpoint without TLS', async () => {
    const never = async () => {
      throw new Error('asked');
    };
    const find = createNameFinder(['ptr', 'san'], never);
    expect(await find(makeRefused().observation, NO_CERTIFICATE, signal)).toEqual([]);
  });
});
