import { afterEach, describe, expect, it } from 'vitest';
import type { Resolver } from '../../src/probe/resolver.js';
import { createReverseResolver } from '../../src/probe/reverse-resolver.js';
import { type DnsServer, startDnsServer } from '../servers/dns-server.js';

const { signal } = new AbortController();

/** Where names lead to, as the resolver of a scan would say. */
const ADDRESSES: Readonly<Record<string, readonly string[]>> = {
  'a.example': ['192.0.2.7', '192.0.2.8'],
  'six.example': ['2001:db8::7'],
  'elsewhere.example': ['198.51.100.1'],
};

const resolve: Resolver = async (name) => ({ addresses: ADDRESSES[name] ?? [], failed: null });

let dns: DnsServer | undefined;
afterEach(() => dns?.close());

async function reverse(names: readonly string[] | null, address: string, timeoutMs = 4000) {
  dns = await startDnsServer(() => names);
  return createReverseResolver({ timeoutMs, resolve, servers: [dns.address] })(address, signal);
}

describe('the reverse resolver', () => {
  it.each([
    ['a name that leads back', ['a.example'], '192.0.2.7', ['a.example']],
    ['a name in capitals', ['A.Example'], '192.0.2.8', ['a.example']],
    ['the name of an IPv6 address', ['six.example'], '2001:db8::7', ['six.example']],
    ['of several names those that lead back', ['elsewhere.example', 'a.example'], '192.0.2.7', ['a.example']],
    ['no name that leads elsewhere', ['elsewhere.example'], '192.0.2.7', []],
    ['no name where there is none', [], '192.0.2.7', []],
    ['no name for what is no address', ['a.example'], 'a.example', []],
  ])('gives %s', async (_, records, address, names) => {
    expect(await reverse(records, address)).toEqual(names);
  });

  it('asks once for an address that many wait for', async () => {
    dns = await startDnsServer(() => ['a.example']);
    const find = createReverseResolver({ timeoutMs: 4000, resolve, servers: [dns.address] });
    await Promise.all([find('192.0.2.7', signal), find('192.0.2.7', signal), find('192.0.2.8', signal)]);
    expect(dns.questions).toBe(2);
  });

  it('waits no longer than it may for a server that says nothing', async () => {
    const start = performance.now();
    expect(await reverse(null, '192.0.2.7', 300)).toEqual([]);
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it('asks nobody when the scan was stopped', async () => {
    dns = await startDnsServer(() => ['a.example']);
    const find = createReverseResolver({ timeoutMs: 4000, resolve, servers: [dns.address] });
    expect(await find('192.0.2.7', AbortSignal.abort())).toEqual([]);
    expect(dns.questions).toBe(0);
  });
});
