import { describe, expect, it } from 'vitest';
import type { MailExchanger, MxResolution } from '../../src/probe/resolve-mx.js';
import { listCheckEntries } from '../../src/scan/check-entries.js';
import { findExchanger, makeMailPlan } from '../../src/scan/mail-plan.js';

const PORTS = [{ first: 25, last: 25, protocol: 'smtp' }];

function resolution(...exchangers: readonly Pick<MailExchanger, 'host' | 'addresses'>[]): MxResolution {
  return {
    domain: 'example.test',
    kind: 'records',
    exchangers: exchangers.map((each) => ({ preference: 10, failure: null, ...each })),
    omitted: 0,
    failure: null,
  };
}

describe('makeMailPlan', () => {
  it('checks every address of a mail host by its name', () => {
    const plan = makeMailPlan(
      resolution({ host: 'mx.example.test', addresses: ['192.0.2.1', '2001:db8::1'] }),
      PORTS,
    );
    const entries = listCheckEntries({ targets: plan.targets, ports: [], protocols: [] });
    const shared = { host: 'mx.example.test', port: 25, protocol: 'smtp', serverName: 'mx.example.test' };
    expect(entries).toEqual([
      { ...shared, address: '192.0.2.1' },
      { ...shared, address: '2001:db8::1' },
    ]);
    expect(entries[0] && findExchanger(plan, entries[0])?.host).toBe('mx.example.test');
  });

  it.each([
    ['an address', '192.0.2.1', 'names the address 192.0.2.1, where the name of a host belongs'],
    ['a name with a space', 'mx example.test', 'is no host name'],
    ['a name with a comma, which would be two targets', '10.0.0.0/8,mx.example', 'is no host name'],
    ['a name with an @, which would be another', 'a@b.example', 'is no host name'],
  ])('takes no exchange that is %s', (_what, host, detail) => {
    const plan = makeMailPlan(resolution({ host, addresses: ['192.0.2.1'] }), PORTS);
    expect(plan.targets).toEqual([]);
    expect(plan.exchangers[0]?.failure?.detail).toContain(detail);
  });
});
