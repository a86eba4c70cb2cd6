import { describe, expect, test } from 'vitest';
import { type Endpoint, formatEndpoint } from '../../src/model/endpoint.js';
import { chooseKnown, type KnownChoice, type KnownEndpoint } from '../../src/targets/choose-known.js';
import { parseTargets } from '../../src/targets/parse-targets.js';
import { planFrom } from '../../src/targets/plan.js';
import { selectFromPlan } from '../../src/targets/select-from-plan.js';

const NOW = new Date('2026-11-22T10:00:00Z');
const DAY_MS = 86_400_000;

const PLAN = planFrom({
  targets: parseTargets(
    { text: '192.0.2.1-192.0.2.6 a.example', source: 'argument 1', isFile: false },
    { protocols: [] },
  ),
  ports: [{ first: 443, last: 443 }],
  seed: 'seed',
  protocols: [],
});

const ALL = Array.from({ length: PLAN.size }, (_, index) => formatEndpoint(PLAN.endpointAt(index)));

function at(address: string): Endpoint {
  return { host: address, address, port: 443, protocol: 'tls', serverName: null };
}

function known(endpoint: Endpoint, observedAt: string, expires: string | null): KnownEndpoint {
  return { endpoint, observedAt, expires, hasCertificate: expires !== null };
}

const A = { port: 443, protocol: 'tls', host: 'a.example', serverName: 'a.example' };

const KNOWN: readonly KnownEndpoint[] = [
  known(at('192.0.2.1'), '2026-11-22T09:00:00.000Z', '2027-03-01T00:00:00.000Z'),
  known(at('192.0.2.2'), '2026-11-15T10:00:00.000Z', '2026-12-01T00:00:00.000Z'),
  known(at('192.0.2.3'), '2026-11-15T09:59:59.999Z', null),
  known(at('192.0.2.4'), '2026-11-01T00:00:00.000Z', '2026-11-01T00:00:00.000Z'),
  { ...known(at('192.0.2.5'), '2026-11-01T00:00:00.000Z', null), hasCertificate: true },
  // Two addresses of one name.
  known({ ...A, address: '198.51.100.1' }, '2026-11-01T00:00:00.000Z', '2026-11-25T00:00:00.000Z'),
  known({ ...A, address: '198.51.100.2' }, '2026-11-21T00:00:00.000Z', '2027-01-01T00:00:00.000Z'),
  known(at('198.51.100.7'), '2026-11-22T09:00:00.000Z', '2026-11-23T00:00:00.000Z'),
];

function visited(choice: KnownChoice): string[] {
  const selected = selectFromPlan(PLAN, chooseKnown(PLAN, KNOWN, choice, NOW));
  return Array.from({ length: selected.size }, (_, place) => formatEndpoint(selected.endpointAt(place)));
}

describe('what is known', () => {
  test('changes nothing unless it is asked to', () => {
    expect(chooseKnown(PLAN, KNOWN, {}, NOW)).toEqual({ first: [], without: [] });
  });

  test('is left out when only what is new counts', () => {
    expect(visited({ onlyNew: true })).toEqual(['192.0.2.6:443']);
    expect(visited({ onlyNew: true, expiringFirst: true })).toEqual(['192.0.2.6:443']);
  });

  test('is left out as long as it is younger than asked for', () => {
    const young = ['192.0.2.1:443', 'a.example:443'];
    expect(visited({ olderThanMs: 7 * DAY_MS })).toEqual(ALL.filter((each) => !young.includes(each)));
  });

  test('comes first where it had a certificate, the soonest to expire before the others', () => {
    const front = ['192.0.2.4:443', 'a.example:443', '192.0.2.2:443', '192.0.2.1:443', '192.0.2.5:443'];
    const rest = ALL.filter((each) => !front.includes(each));
    expect(visited({ expiringFirst: true })).toEqual([...front, ...rest]);
    expect(visited({ expiringFirst: true, olderThanMs: 7 * DAY_MS })).toEqual([
      '192.0.2.4:443',
      '192.0.2.2:443',
      '192.0.2.5:443',
      ...rest,
    ]);
  });

  test('makes a selection in ascending order, whatever the order in which it is known', () => {
    const forward = chooseKnown(PLAN, KNOWN, { olderThanMs: DAY_MS * 30, expiringFirst: true }, NOW);
    const backward = chooseKnown(
      PLAN,
      [...KNOWN].reverse(),
      { olderThanMs: DAY_MS * 30, expiringFirst: true },
      NOW,
    );
    expect(backward).toEqual(forward);
    expect(forward.without).toEqual([...forward.without].sort((a, b) => a - b));
    expect(forward.without).toHaveLength(6);
  });
});
