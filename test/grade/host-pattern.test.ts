import { describe, expect, it } from 'vitest';
import { readHostPattern } from '../../src/grade/host-pattern.js';
import type { Endpoint } from '../../src/model/endpoint.js';

const ENDPOINT: Endpoint = {
  host: 'mail.lab.example',
  address: '10.1.2.3',
  port: 443,
  protocol: 'tls',
  serverName: 'www.lab.example',
};

const fits = (written: string, changes: Partial<Endpoint> = {}) =>
  readHostPattern(written)?.({ ...ENDPOINT, ...changes }) ?? null;

describe('readHostPattern', () => {
  it.each([
    ['the host', 'mail.lab.example', {}, true],
    ['the server name', 'WWW.*', {}, true],
    ['the address', '10.1.*', {}, true],
    ['nothing else', 'lab.example', {}, false],
    ['a block', '10.0.0.0/8', {}, true],
    ['a block that ends within an octet', '10.1.2.2/31', {}, true],
    ['not the block beside it', '10.1.2.4/30', {}, false],
    ['one address', '10.1.2.3/32', {}, true],
    ['every address', '0.0.0.0/0', {}, true],
    ['no address of the other family', '0.0.0.0/0', { address: '2001:db8::1' }, false],
    ['a block of IPv6', '2001:db8::/33', { address: '2001:db8:7fff::1' }, true],
    ['not half a bit more', '2001:db8::/33', { address: '2001:db8:8000::1' }, false],
    ['a host that did not resolve', '10.0.0.0/8', { address: null }, false],
  ])('means %s', (_, written, changes, expected) => {
    expect(fits(written, changes)).toBe(expected);
  });

  it.each(['10.0.0.0/33', '10.0.0/8', '2001:db8::/129', 'lab.example/24', '10.0.0.0/', '10.0.0.0/8/8'])(
    'refuses %s, which is no block',
    (written) => {
      expect(readHostPattern(written)).toBeNull();
    },
  );
});
