import { afterEach, describe, expect, it } from 'vitest';
import { resolveMx } from '../../src/probe/resolve-mx.js';
import { type DnsRecords, type DnsServer, startDns } from '../servers/dns.js';

let dns: DnsServer | null = null;

afterEach(async () => {
  await dns?.close();
  dns = null;
});

async function resolve(names: Readonly<Record<string, DnsRecords>>, timeoutMs = 5000) {
  dns = await startDns(names);
  return resolveMx('example.test', { servers: [dns.place], timeoutMs });
}

describe('resolveMx', () => {
  it('lists mail hosts by preference, each once, with all addresses, IPv4 first', async () => {
    const { exchangers, kind } = await resolve({
      'example.test': {
        mx: [
          { preference: 20, exchange: 'b.example.test' },
          { preference: 10, exchange: 'A.example.test' },
          { preference: 30, exchange: 'a.example.test' },
        ],
      },
      'a.example.test': { a: ['192.0.2.1', '192.0.2.2'], aaaa: ['2001:db8::1'] },
      'b.example.test': { aaaa: ['2001:db8::2'] },
    });
    expect(kind).toBe('records');
    expect(exchangers).toEqual([
      {
        preference: 10,
        host: 'a.example.test',
        addresses: ['192.0.2.1', '192.0.2.2', '2001:db8::1'],
        failure: null,
      },
      { preference: 20, host: 'b.example.test', addresses: ['2001:db8::2'], failure: null },
    ]);
  });

  it('takes the domain itself where there is no MX record (RFC 5321, section 5.1)', async () => {
    const { exchangers, kind } = await resolve({ 'example.test': { a: ['192.0.2.1'] } });
    expect(kind).toBe('implicit');
    expect(exchangers).toEqual([
      { preference: null, host: 'example.test', addresses: ['192.0.2.1'], failure: null },
    ]);
  });

  it('knows the null MX (RFC 7505)', async () => {
    const answer = await resolve({
      'example.test': { mx: [{ preference: 0, exchange: '.' }], a: ['192.0.2.1'] },
    });
    expect(answer).toEqual({
      domain: 'example.test',
      kind: 'null',
      exchangers: [],
      omitted: 0,
      failure: null,
    });
  });

  it('says which mail host has no address', async () => {
    const { exchangers } = await resolve({
      'example.test': { mx: [{ preference: 10, exchange: 'gone.example.test' }] },
    });
    expect(exchangers[0]).toMatchObject({
      host: 'gone.example.test',
      addresses: [],
      failure: { stage: 'resolve', code: 'ENOTFOUND', detail: 'gone.example.test is not known' },
    });
  });

  it('bounds what a name server can make it look at', async () => {
    const hosts = Array.from({ length: 40 }, (_, index) => `m${index}.example.test`);
    const many = Array.from({ length: 25 }, (_, index) => `192.0.2.${index + 1}`);
    const { exchangers, omitted } = await resolve({
      'example.test': { mx: hosts.map((exchange, index) => ({ preference: index, exchange })) },
      ...Object.fromEntries(
        hosts.map((host) => [host, { a: many.slice(0, host === 'm0.example.test' ? 25 : 1) }]),
      ),
    });
    expect(exchangers).toHaveLength(32);
    expect(omitted).toBe(8);
    expect(exchangers[0]?.addresses).toHaveLength(16);
  });

  const failures: readonly [name: string, records: Readonly<Record<string, DnsRecords>>, code: string][] = [
    ['a domain that does not exist', {}, 'ENOTFOUND'],
    ['a name server in trouble', { 'example.test': { failure: 'servfail' } }, 'ESERVFAIL'],
    ['a name server that refuses', { 'example.test': { failure: 'refused' } }, 'EREFUSED'],
    ['a name server that is silent', { 'example.test': { failure: 'silence' } }, 'timeout'],
  ];

  it.each(failures)('makes %s a failure', async (_name, records, code) => {
    const { exchangers, failure, kind } = await resolve(records, code === 'timeout' ? 300 : 5000);
    expect(kind).toBe('failed');
    expect(exchangers).toEqual([]);
    expect(failure).toMatchObject({ stage: 'resolve', code });
  });

  it('ends when the signal aborts', async () => {
    dns = await startDns({ 'example.test': { failure: 'silence' } });
    const stopper = new AbortController();
    const answer = resolveMx('example.test', {
      servers: [dns.place],
      timeoutMs: 60_000,
      signal: stopper.signal,
    });
    stopper.abort();
    expect((await answer).failure).toMatchObject({ code: 'cancelled' });
  });
});
