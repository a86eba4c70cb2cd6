import { describe, expect, it } from 'vitest';
import { parseCertificate } from '../../src/x509/certificate.js';
import { violatesNameConstraints } from '../../src/x509/name-constraints.js';
import { encodeDer, encodeOid, encodeSequence, TAG } from '../fixtures/encode-der.js';
import { encodeName } from '../fixtures/encode-name.js';
import { encodeCertificate, encodeExtension } from './encode-certificate.js';

const dns = (name: string) => encodeDer(0x82, Buffer.from(name));
const email = (name: string) => encodeDer(0x81, Buffer.from(name));
const uri = (name: string) => encodeDer(0x86, Buffer.from(name));
const ip = (hex: string) => encodeDer(0x87, Buffer.from(hex, 'hex'));
const directory = (name: string) => encodeDer(0xa4, encodeName(name));
const other = () => encodeDer(0xa0, encodeOid('1.2.3'), encodeDer(0xa0, encodeDer(TAG.null)));

function violates(
  names: readonly Uint8Array[],
  constraints: { permitted?: readonly Uint8Array[]; excluded?: readonly Uint8Array[] },
  { subject = '', budget = { comparisons: 1000 } } = {},
): string | null {
  const list = (tag: number, bases: readonly Uint8Array[] | undefined) =>
    bases ? [encodeDer(tag, ...bases.map((base) => encodeSequence(base)))] : [];
  const value = encodeSequence(...list(0xa0, constraints.permitted), ...list(0xa1, constraints.excluded));
  const extensions = [encodeExtension('2.5.29.30', value, true)];
  const issuer = parseCertificate(encodeCertificate({ extensions }));
  if (issuer.nameConstraints === null) throw new Error(issuer.oddities.join());
  const alternatives = names.length > 0 ? [encodeExtension('2.5.29.17', encodeSequence(...names))] : null;
  const leaf = parseCertificate(
    encodeCertificate({ subject: encodeName(subject), extensions: alternatives }),
  );
  return violatesNameConstraints(leaf, issuer.nameConstraints, budget);
}

describe('violatesNameConstraints', () => {
  // RFC 5280, section 4.2.1.10.
  it.each<[form: string, name: Uint8Array, base: Uint8Array, isWithin: boolean]>([
    ['a domain itself', dns('a.example'), dns('a.example'), true],
    ['a domain below', dns('x.y.a.example'), dns('A.Example'), true],
    ['a domain that ends alike', dns('xa.example'), dns('a.example'), false],
    ['a domain below a leading dot', dns('x.a.example'), dns('.a.example'), true],
    ['the domain of a leading dot', dns('a.example'), dns('.a.example'), false],
    ['any domain below nothing', dns('a.example'), dns(''), true],
    ['a wildcard', dns('*.a.example'), dns('a.example'), true],
    ['an address in a subnet', ip('c0000201'), ip('c0000200ffffff00'), true],
    ['an address in another subnet', ip('c0000301'), ip('c0000200ffffff00'), false],
    ['an address of another family', ip('20010db8000000000000000000000001'), ip('0000000000000000'), false],
    [
      'an IPv6 address',
      ip('20010db8000000000000000000000001'),
      ip(`20010db8${'00'.repeat(12)}ffffffff${'00'.repeat(12)}`),
      true,
    ],
    ['a mailbox', email('x@a.example'), email('x@A.example'), true],
    ['a mailbox in another case', email('X@a.example'), email('x@a.example'), false],
    ['a mailbox at a host', email('x@a.example'), email('a.example'), true],
    ['a mailbox at a host below', email('x@b.a.example'), email('a.example'), false],
    ['a mailbox below a leading dot', email('x@b.a.example'), email('.a.example'), true],
    ['a mailbox with two signs', email('x@evil@a.example'), email('a.example'), true],
    ['a URI', uri('https://user@a.example:8443/x@b.example'), uri('a.example'), true],
    ['a URI of a host below', uri('https://b.a.example/'), uri('a.example'), false],
    ['a URI below a leading dot', uri('https://b.a.example'), uri('.a.example'), true],
    ['a directory name below', directory('CN=x, O=Corp, C=DE'), directory('O=Corp, C=DE'), true],
    ['a directory name elsewhere', directory('CN=x, O=Other, C=DE'), directory('O=Corp, C=DE'), false],
  ])('tells whether %s is within', (_form, name, base, isWithin) => {
    expect(violates([name], { permitted: [base] }) === null).toBe(isWithin);
    expect(violates([name], { excluded: [base] }) === null).toBe(!isWithin);
  });

  it.each<[form: string, name: Uint8Array, base: Uint8Array]>([
    ['a kind that cannot be compared', other(), other()],
    ['a URI without a host', uri('urn:a'), uri('a.example')],
    ['a URI of an address', uri('https://192.0.2.1/'), uri('a.example')],
    ['an email name without a sign', email('a.example'), email('a.example')],
    ['a subnet of a strange size', ip('c0000201'), ip('c0000201')],
    ['an address of a strange size', ip('c00002'), ip('c0000200ffffff00')],
  ])('neither permits nor passes %s', (_form, name, base) => {
    expect(violates([name], { permitted: [base] })).toContain('not permitted');
    expect(violates([name], { excluded: [base] })).toContain('excluded');
  });

  it('takes a wildcard for the excluded names that it stands for', () => {
    expect(violates([dns('*.a.example')], { excluded: [dns('secret.a.example')] })).toContain('excluded');
    expect(violates([dns('*.a.example')], { excluded: [dns('secret.b.a.example')] })).toBeNull();
    expect(violates([dns('*.a.example')], { permitted: [dns('public.a.example')] })).toContain(
      'not permitted',
    );
  });

  it('binds only the forms of names that it mentions', () => {
    expect(violates([ip('c0000201'), dns('a.example')], { permitted: [dns('a.example')] })).toBeNull();
    expect(violates([dns('b.example')], { permitted: [ip('c0000200ffffff00')] })).toBeNull();
  });

  it('permits what any permitted base holds, unless an excluded one does', () => {
    const permitted = [dns('a.example'), dns('b.example')];
    expect(violates([dns('b.example'), dns('x.a.example')], { permitted })).toBeNull();
    const message = 'the name x.a.example is excluded by name constraints';
    expect(violates([dns('x.a.example')], { permitted, excluded: [dns('x.a.example')] })).toBe(message);
  });

  it('looks at the subject too', () => {
    const permitted = [directory('O=Corp')];
    expect(violates([], { permitted }, { subject: 'CN=x, O=Corp' })).toBeNull();
    expect(violates([], { permitted }, { subject: 'CN=x, O=Other' })).toContain('the subject');
    const mail = '1.2.840.113549.1.9.1=x@b.example';
    expect(violates([], { permitted: [email('a.example')] }, { subject: mail })).toContain('x@b.example');
    expect(violates([dns('a')], { permitted: [email('a.example')] }, { subject: mail })).toBeNull();
  });

  it('counts a name that is very long as many', () => {
    const names = [dns(`${'x'.repeat(100_000)}.example`)];
    const permitted = [dns('a.example'), dns('example')];
    expect(violates(names, { permitted })).toContain('too many names');
  });

  it('ends when names times constraints are too many', () => {
    const names = Array.from({ length: 60 }, (_, at) => dns(`n${at}.example`));
    const permitted = Array.from({ length: 60 }, (_, at) => dns(`c${at}.example`)).concat(dns('example'));
    expect(violates(names, { permitted })).toContain('too many names');
    expect(violates(names, { permitted }, { budget: { comparisons: 10_000 } })).toBeNull();
  });
});
