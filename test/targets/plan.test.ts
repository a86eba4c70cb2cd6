import { describe, expect, test } from 'vitest';
import { type Endpoint, formatEndpoint } from '../../src/model/endpoint.js';
import { UsageError } from '../../src/model/usage-error.js';
import { parsePorts } from '../../src/targets/parse-ports.js';
import { parseTargets } from '../../src/targets/parse-targets.js';
import { type Plan, type PlanSpec, planFrom } from '../../src/targets/plan.js';
import { PROTOCOL_TABLE } from './protocol-table.js';

interface PlanText {
  readonly targets: string;
  readonly excludes?: string;
  readonly ports?: string;
  readonly serverNames?: readonly string[];
  readonly seed?: string;
}

function planOf({ targets, excludes = '', ports = '443', serverNames = [], seed = 'seed' }: PlanText): Plan {
  const options = { protocols: PROTOCOL_TABLE, allowWildcards: true };
  const spec: PlanSpec = {
    targets: parseTargets({ text: targets, source: 'argument 1', isFile: false }, options),
    excludes: parseTargets({ text: excludes, source: '--exclude', isFile: false }, options),
    ports: ports === '' ? [] : parsePorts(ports, { source: '--ports', protocols: PROTOCOL_TABLE }),
    serverNames,
    seed,
    protocols: PROTOCOL_TABLE,
  };
  return planFrom(spec);
}

/** All endpoints as text, sorted. */
function endpointsOf(plan: Plan): string[] {
  return Array.from({ length: plan.size }, (_, index) => formatEndpoint(plan.endpointAt(index))).sort();
}

describe('a plan', () => {
  test.each<[string, PlanText, string[]]>([
    [
      'multiplies addresses by ports',
      { targets: '192.0.2.0/31', ports: '443,8443' },
      ['192.0.2.0:443', '192.0.2.0:8443', '192.0.2.1:443', '192.0.2.1:8443'],
    ],
    [
      'lets a target have ports of its own',
      { targets: '192.0.2.1:8443 192.0.2.2', ports: '443' },
      ['192.0.2.1:8443', '192.0.2.2:443'],
    ],
    [
      'speaks the protocol of a default port, and TLS where another is no default',
      { targets: '192.0.2.1', ports: '24-26,25/tls' },
      ['192.0.2.1:24/lmtp', '192.0.2.1:25', '192.0.2.1:25/smtp', '192.0.2.1:26'],
    ],
    [
      'has overlapping and repeated targets once',
      { targets: '192.0.2.0-192.0.2.2 192.0.2.2/31 192.0.2.1 ::ffff:192.0.2.1 192.0.2.1:443/tls' },
      ['192.0.2.0:443', '192.0.2.1:443', '192.0.2.2:443', '192.0.2.3:443'],
    ],
    [
      'has names once, whatever their case and final dot',
      { targets: 'A.example a.example. a.example@a.example b.example' },
      ['a.example@a.example:443', 'b.example@b.example:443'].map((text) => text.replace(/^.*@/, '')),
    ],
    [
      'sends the name left of the "@"',
      { targets: 'shop.example@192.0.2.7 192.0.2.7 shop.example@lb.example' },
      ['192.0.2.7:443', 'shop.example@192.0.2.7:443', 'shop.example@lb.example:443'],
    ],
    [
      'sends each server name of the scan to targets without one of their own',
      { targets: '192.0.2.7 c.example@192.0.2.8 b.example', serverNames: ['a.example', 'B.example.'] },
      [
        'a.example@192.0.2.7:443',
        'a.example@b.example:443',
        'b.example:443',
        'b.example@192.0.2.7:443',
        'c.example@192.0.2.8:443',
      ],
    ],
    [
      'mixes both families and names',
      { targets: '2001:db8::fffe/127 192.0.2.1 a.example' },
      ['192.0.2.1:443', '[2001:db8::fffe]:443', '[2001:db8::ffff]:443', 'a.example:443'],
    ],
    [
      'leaves out excluded addresses',
      {
        targets: '192.0.2.0/30 2001:db8::/127',
        excludes: '192.0.2.1-192.0.2.2 2001:db8::1 ::ffff:192.0.2.3',
      },
      ['192.0.2.0:443', '[2001:db8::]:443'],
    ],
    [
      'leaves out excluded ports and protocols of an address',
      {
        targets: '192.0.2.0/31:25 192.0.2.0/31:25/tls 192.0.2.0/31:443',
        excludes: '192.0.2.0:25 192.0.2.1:25/smtp',
      },
      ['192.0.2.0:443', '192.0.2.1:25', '192.0.2.1:443'],
    ],
    [
      'leaves out excluded names as hosts and as server names',
      {
        targets: 'a.example b.example a.example@192.0.2.1 192.0.2.1 a.example@b.example',
        excludes: 'A.example.',
      },
      ['192.0.2.1:443', 'b.example:443'],
    ],
    [
      'leaves out all names below a wildcard, and not its parent',
      { targets: 'lab.example x.lab.example y.x.lab.example xlab.example', excludes: '*.lab.example' },
      ['lab.example:443', 'xlab.example:443'],
    ],
    [
      'leaves out one name at an address alone',
      {
        targets: 'a.example@192.0.2.1 b.example@192.0.2.1 a.example@192.0.2.2',
        excludes: 'a.example@192.0.2.1',
      },
      ['a.example@192.0.2.2:443', 'b.example@192.0.2.1:443'],
    ],
    [
      'leaves out one name at a host alone, its own too',
      { targets: 'a.example b.example@a.example', excludes: 'a.example@a.example' },
      ['b.example@a.example:443'],
    ],
    [
      'leaves out one port of a name',
      { targets: 'a.example', ports: '443,8443', excludes: 'a.example:443' },
      ['a.example:8443'],
    ],
  ])('%s', (_, text, endpoints) => {
    const plan = planOf(text);
    expect(endpointsOf(plan)).toEqual(endpoints);
    expect(plan.size).toBe(endpoints.length);
  });

  test('tells hosts, addresses and server names apart', () => {
    const plan = planOf({ targets: 'a.example b.example@192.0.2.7 2001:db8::7' });
    const all = Array.from({ length: plan.size }, (_, index) => plan.endpointAt(index));
    expect(all).toHaveLength(3);
    const common = { port: 443, protocol: 'tls' };
    expect(all).toContainEqual({ ...common, host: 'a.example', address: null, serverName: 'a.example' });
    expect(all).toContainEqual({
      ...common,
      host: 'b.example',
      address: '192.0.2.7',
      serverName: 'b.example',
    });
    expect(all).toContainEqual({ ...common, host: '2001:db8::7', address: '2001:db8::7', serverName: null });
  });

  test('knows what a name must not resolve to', () => {
    const excludes = '192.0.2.0/24 198.51.100.7:25 198.51.100.8:443/tls a.example@198.51.100.9 2001:db8::/32';
    const plan = planOf({ targets: 'a.example', excludes });
    expect(plan.isExcluded('192.0.2.77', 443, 'tls')).toBe(true);
    expect(plan.isExcluded('::ffff:192.0.2.77', 443, 'tls')).toBe(true);
    expect(plan.isExcluded('192.0.3.77', 443, 'tls')).toBe(false);
    expect(plan.isExcluded('198.51.100.7', 25, 'smtp')).toBe(true);
    expect(plan.isExcluded('198.51.100.7', 443, 'tls')).toBe(false);
    expect(plan.isExcluded('198.51.100.8', 443, 'tls')).toBe(true);
    expect(plan.isExcluded('198.51.100.8', 443, 'smtp')).toBe(false);
    expect(plan.isExcluded('198.51.100.9', 443, 'tls')).toBe(false);
    expect(plan.isExcluded('198.51.100.9', 443, 'tls', 'A.example')).toBe(true);
    expect(plan.isExcluded('2001:db8:1::5', 443, 'tls')).toBe(true);
    expect(plan.isExcluded('2001:db9::5', 443, 'tls')).toBe(false);
    expect(plan.isExcluded('::', 443, 'tls')).toBe(false);
    expect(
      planOf({ targets: 'a.example', excludes: 'fe80::/10' }).isExcluded('fe80::1%eth0', 443, 'tls'),
    ).toBe(true);
  });

  test('knows which names must not be tried, wherever that is', () => {
    const plan = planOf({ targets: '192.0.2.7', excludes: '*.inner.example secret.example:443' });
    expect(plan.isExcluded('192.0.2.7', 443, 'tls', 'a.Inner.example')).toBe(true);
    expect(plan.isExcluded('192.0.2.7', 443, 'tls', 'inner.example')).toBe(false);
    expect(plan.isExcluded('192.0.2.7', 443, 'tls', 'secret.example')).toBe(true);
    expect(plan.isExcluded('192.0.2.7', 8443, 'tls', 'secret.example')).toBe(false);
    expect(plan.isExcluded('192.0.2.7', 443, 'tls')).toBe(false);
  });

  test('of all of IPv4 on all ports is possible, and costs as little as one of a /30', () => {
    const plan = planOf({ targets: '0.0.0.0/0', ports: '1-65535' });
    expect(plan.size).toBe(2 ** 32 * 65_535);
    const { address, port } = plan.endpointAt(plan.size - 1);
    expect(address).toMatch(/^\d+\.\d+\.\d+\.\d+$/);
    expect(port).toBeGreaterThan(0);
  });

  test('of a /8 on a hundred ports is made at once', () => {
    const spec = planOf({ targets: '10.0.0.0/8', ports: '1000-1099' }).spec;
    const start = performance.now();
    expect(planFrom(spec).size).toBe(2 ** 24 * 100);
    expect(performance.now() - start).toBeLessThan(50);
  });

  test('spreads its beginning over the networks', () => {
    const plan = planOf({ targets: '10.0.0.0/16', ports: '443,8443' });
    const networks = Array.from({ length: 20_000 }, (_, index) =>
      plan.endpointAt(index).address?.split('.').slice(0, 3).join('.'),
    );
    const repeats = networks.filter((network, index) => network === networks[index - 1]).length;
    // One in 256 by chance: 78, give or take nine.
    expect(repeats).toBeLessThan(130);
    for (let index = 3; index < networks.length; index += 1) {
      expect(new Set(networks.slice(index - 3, index + 1)).size).toBeGreaterThan(1);
    }
  });

  test('knows the place of an endpoint that was observed', () => {
    const plan = planOf({
      targets:
        'a.example b.example:25 a.example@192.0.2.7 192.0.2.0/24 2001:db8::/96 shop.example@lb.example',
      excludes: '192.0.2.9 192.0.2.8:8443',
      ports: '443,8443',
    });
    const common = { port: 443, protocol: 'tls', serverName: null };
    const found = (endpoint: Partial<Endpoint> & Pick<Endpoint, 'host' | 'address'>) => {
      const index = plan.indexOf({ ...common, ...endpoint });
      return index === null ? null : formatEndpoint(plan.endpointAt(index));
    };
    const a = { host: 'a.example', serverName: 'a.example' };
    expect(found({ host: '192.0.2.1', address: '192.0.2.1' })).toBe('192.0.2.1:443');
    expect(found({ host: '192.0.2.1', address: '::ffff:192.0.2.1' })).toBe('192.0.2.1:443');
    expect(found({ host: '2001:db8::1', address: '2001:DB8:0::1' })).toBe('[2001:db8::1]:443');
    // The name's own entry, whatever the address; the address that is asked for by this name before it.
    expect(found({ ...a, address: '198.51.100.1' })).toBe('a.example:443');
    expect(found({ ...a, address: 'fe80::1%eth0' })).toBe('a.example:443');
    expect(found({ ...a, address: null, host: 'A.Example.' })).toBe('a.example:443');
    expect(found({ ...a, address: '192.0.2.7' })).toBe('a.example@192.0.2.7:443');
    const b = { host: 'b.example', address: '198.51.100.2', serverName: 'b.example', port: 25 };
    expect(found({ ...b, protocol: 'smtp' })).toBe('b.example:25/smtp');
    expect(found({ host: 'lb.example', address: '198.51.100.3', serverName: 'shop.example' })).toBe(
      'shop.example@lb.example:443',
    );
    for (const endpoint of [
      { ...b, protocol: 'tls' },
      { ...b, protocol: 'imap' },
      { host: '192.0.2.9', address: '192.0.2.9' },
      { host: '192.0.2.8', address: '192.0.2.8', port: 8443 },
      { host: '192.0.3.1', address: '192.0.3.1' },
      { host: 'b.example', address: '192.0.2.1', serverName: 'b.example' },
      { host: 'lb.example', address: null, serverName: 'lb.example' },
      { host: 'c.example', address: null, serverName: 'c.example' },
      { host: 'no address', address: 'no address' },
      ...[0, 444, 65_536, 65_979, 443.5, Number.NaN].map((port) => ({
        host: '192.0.2.1',
        address: '192.0.2.1',
        port,
      })),
    ]) {
      expect(found(endpoint)).toBeNull();
    }
  });

  test('of all of IPv4 on all ports knows the place of each endpoint', () => {
    const plan = planOf({ targets: '0.0.0.0/0 a.example', ports: '1-65535' });
    for (const index of [0, 1, 12_345_678_901, plan.size - 1]) {
      expect(plan.indexOf(plan.endpointAt(index))).toBe(index);
    }
  });

  test('has no endpoint beyond its size', () => {
    const plan = planOf({ targets: '192.0.2.1' });
    for (const index of [-1, 1, 0.5, Number.NaN]) expect(() => plan.endpointAt(index)).toThrow(RangeError);
  });
});

describe('a plan is refused', () => {
  test.each<[string, PlanText, string]>([
    ['without targets', { targets: '' }, 'nothing to scan: no target was given'],
    [
      'when all is excluded',
      { targets: '192.0.2.1 a.example', excludes: '192.0.2.0/24 *.example' },
      'nothing to scan: every target is excluded',
    ],
    [
      'above 2^48 endpoints, with the count and the target that causes it',
      { targets: '192.0.2.1 2001:db8::/64', ports: '1-2' },
      'the plan has 36,893,488,147,419,103,234 endpoints, more than 2^48 (281,474,976,710,656); argument 1: "2001:db8::/64" alone has 36,893,488,147,419,103,232',
    ],
    ['without ports', { targets: '192.0.2.1', ports: '' }, 'argument 1: "192.0.2.1" has no port'],
    [
      'with an address as server name',
      { targets: '192.0.2.1', serverNames: ['192.0.2.1'] },
      'server name: "192.0.2.1" is neither an address nor a host name',
    ],
  ])('%s', (_, text, message) => {
    expect(() => planOf(text)).toThrow(UsageError);
    expect(() => planOf(text)).toThrow(message);
  });

  test('not at 2^48 endpoints, nor when excludes bring it there', () => {
    expect(planOf({ targets: '2001:db8::/80' }).size).toBe(2 ** 48);
    expect(planOf({ targets: '2001:db8::/79', excludes: '2001:db8::1:0:0:0/80' }).size).toBe(2 ** 48);
  });
});
