import { describe, expect, it } from 'vitest';
import { parseCertificate } from '../../src/x509/certificate.js';
import { commonNameMatches, matchServerName } from '../../src/x509/server-name.js';
import { encodeDer, encodeSequence } from '../fixtures/encode-der.js';
import { encodeName } from '../fixtures/encode-name.js';
import { encodeCertificate, encodeExtension } from './encode-certificate.js';

function certificate(
  dnsNames: readonly string[],
  addresses: readonly string[] = [],
  subject = 'CN=cn.example',
) {
  const names = [
    ...dnsNames.map((name) => encodeDer(0x82, Buffer.from(name, 'latin1'))),
    ...addresses.map((hex) => encodeDer(0x87, Buffer.from(hex, 'hex'))),
  ];
  const extensions = names.length > 0 ? [encodeExtension('2.5.29.17', encodeSequence(...names))] : null;
  return parseCertificate(encodeCertificate({ extensions, subject: encodeName(subject) }));
}

describe('matchServerName', () => {
  it.each<[presented: string, host: string, matches: boolean]>([
    ['a.example', 'a.example', true],
    ['A.Example', 'a.eXAMPLE', true],
    ['a.example', 'a.example.', true],
    ['a.example', 'b.example', false],
    ['a.example', 'www.a.example', false],
    ['a.example', 'xa.example', false],
    ['localhost', 'localhost', true],
    ['a_b.example', 'a_b.example', true],
    // RFC 9525, section 6.3.
    ['*.example.com', 'a.example.com', true],
    ['*.EXAMPLE.com', 'a.example.COM', true],
    ['*.example.com', 'example.com', false],
    ['*.example.com', 'a.b.example.com', false],
    ['*.example.com', '.example.com', false],
    ['*.example.com', '*.example.com', false],
    ['*.com', 'example.com', true],
    ['*', 'localhost', false],
    ['*.', 'localhost.', false],
    ['*.*.example.com', 'a.b.example.com', false],
    ['a.*.example.com', 'a.b.example.com', false],
    ['f*o.example.com', 'foo.example.com', false],
    ['*o.example.com', 'foo.example.com', false],
    ['xn--*.example.com', 'xn--bcher-kva.example.com', false],
    ['**.example.com', 'a.example.com', false],
    ['*.example.com', 'xn--bcher-kva.example.com', true],
    // RFC 9525, section 6.2: U-labels are converted.
    ['xn--bcher-kva.example', 'bücher.example', true],
    ['xn--bcher-kva.example', 'BÜCHER.example', true],
    ['b\xfccher.example', 'bücher.example', false],
    ['*.xn--bcher-kva.example', 'a.bücher.example', true],
    // What is presented is taken as it is.
    ['a.example.', 'a.example', false],
    ['a.example\0.evil.example', 'a.example', false],
    ['a..example', 'a..example', false],
    ['', '', false],
    ['', '.', false],
    // DNS names never match addresses, nor numbers addresses.
    ['192.0.2.1', '192.0.2.1', false],
    ['*.0.2.1', '192.0.2.1', false],
    ['2001:db8::1', '2001:db8::1', false],
    ['1.2.0.3', '1.2.3', false],
  ])('holds %j against %j', (presented, host, matches) => {
    expect(matchServerName(certificate([presented]), host).matches).toBe(matches);
  });

  it.each<[octets: string, host: string, matches: boolean]>([
    ['c0000201', '192.0.2.1', true],
    ['c0000201', '192.0.2.2', false],
    ['20010db8000000000000000000000001', '2001:DB8:0::1', true],
    ['20010db8000000000000000000000001', '[2001:db8::1]', true],
    // RFC 9525, section 6.5, knows no mapped addresses.
    ['00000000000000000000ffffc0000201', '192.0.2.1', false],
    ['c00002', '192.0.2.1', false],
    ['c0000201', 'a.example', false],
  ])('holds the address %s against %s', (octets, host, matches) => {
    expect(matchServerName(certificate([], [octets]), host).matches).toBe(matches);
  });

  it('tells whether there are names of the kind asked for, and all names', () => {
    const both = certificate(['a.example'], ['c0000201']);
    expect(matchServerName(both, 'b.example')).toEqual({
      matches: false,
      hasNames: true,
      names: ['a.example', '192.0.2.1'],
    });
    expect(matchServerName(certificate(['a.example']), '192.0.2.1').hasNames).toBe(false);
    expect(matchServerName(certificate([], ['c0000201']), 'a.example').hasNames).toBe(false);
    expect(matchServerName(certificate([]), 'a.example')).toEqual({
      matches: false,
      hasNames: false,
      names: [],
    });
  });

  it('does not look at the common name', () => {
    expect(matchServerName(certificate([], [], 'CN=a.example'), 'a.example').matches).toBe(false);
  });

  it('finds one name among thousands', () => {
    const names = Array.from({ length: 5000 }, (_, at) => `host${at}.example`);
    expect(matchServerName(certificate(names), 'host4999.example').matches).toBe(true);
  });
});

describe('commonNameMatches', () => {
  it.each<[subject: string, host: string, matches: boolean]>([
    ['CN=a.example', 'a.example', true],
    ['CN=*.example.com', 'a.example.com', true],
    ['CN=192.0.2.1', '192.0.2.1', true],
    ['CN=2001:DB8:0::1', '2001:db8::1', true],
    ['CN=a.example', 'b.example', false],
    ['CN=*.0.2.1', '192.0.2.1', false],
    ['O=Corp', 'a.example', false],
  ])('holds %s against %s', (subject, host, matches) => {
    expect(commonNameMatches(certificate([], [], subject), host)).toBe(matches);
  });
});
