import { describe, expect, it } from 'vitest';
import { findKnownName } from '../../src/grade/known-name.js';

const base = { port: 443, protocol: 'tls' };

describe('findKnownName', () => {
  it.each([
    [
      'the server name first',
      { host: 'a.example', address: '192.0.2.1', serverName: 'b.example' },
      'b.example',
      'b.example',
    ],
    [
      'the host when it is a name',
      { host: 'a.example', address: '192.0.2.1', serverName: null },
      'a.example',
      'a.example',
    ],
    [
      'a host that did not resolve',
      { host: 'a.example', address: null, serverName: null },
      'a.example',
      'a.example',
    ],
    [
      'no name for an IPv4 address',
      { host: '192.0.2.1', address: '192.0.2.1', serverName: null },
      null,
      '192.0.2.1',
    ],
    [
      'no name for an IPv6 address',
      { host: '2001:DB8::1', address: '2001:db8::1', serverName: null },
      null,
      '2001:db8::1',
    ],
    [
      'the name given with an address',
      { host: '192.0.2.1', address: '192.0.2.1', serverName: 'a.example' },
      'a.example',
      'a.example',
    ],
    [
      'a name that only begins like an address',
      { host: '10.1.2.3.example', address: null, serverName: null },
      '10.1.2.3.example',
      '10.1.2.3.example',
    ],
  ])('takes %s', (_, endpoint, name, demanded) => {
    expect(findKnownName({ ...base, ...endpoint }, false)).toBe(name);
    expect(findKnownName({ ...base, ...endpoint }, true)).toBe(demanded);
  });
});
