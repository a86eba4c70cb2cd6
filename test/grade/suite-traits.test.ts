import { describe, expect, it } from 'vitest';
import { hasForwardSecrecy, listSuites, SUITE_TRAITS } from '../../src/grade/suite-traits.js';
import { CIPHER_SUITES } from '../../src/probe/hello/cipher-suites.js';
import { SSLV2_CIPHER_KINDS } from '../../src/probe/hello/sslv2-cipher-kinds.js';

const SUITES = [...CIPHER_SUITES.values()];
const namesOf = (trait: keyof typeof SUITE_TRAITS) =>
  SUITES.map(({ name }) => name).filter((name) => SUITE_TRAITS[trait].test(name));

describe('the traits of suites, told by their names', () => {
  it('agree with the table on encryption', () => {
    expect(namesOf('null')).toEqual(SUITES.filter(({ bits }) => bits === 0).map(({ name }) => name));
  });

  it('agree with the table on who is authenticated', () => {
    const anonymous = SUITES.filter(({ authentication }) => ['anon', 'NULL'].includes(authentication));
    expect(namesOf('anonymous')).toEqual(anonymous.map(({ name }) => name));
  });

  it('agree with the table on export suites', () => {
    expect(namesOf('export')).toEqual(SUITES.filter(({ isExport }) => isExport).map(({ name }) => name));
  });

  it.each([
    ['rc4', /^RC4$/],
    ['des', /^DES-CBC$/],
    ['tripleDes', /^3DES/],
  ] as const)('agree with the table on %s', (trait, encryption) => {
    const wanted = SUITES.filter((suite) => encryption.test(suite.encryption) && !suite.isExport);
    expect(namesOf(trait)).toEqual(wanted.map(({ name }) => name));
  });

  it('agree with the table on forward secrecy', () => {
    const wanted = SUITES.filter((suite) => suite.hasForwardSecrecy).map(({ name }) => name);
    expect(SUITES.map(({ name }) => name).filter(hasForwardSecrecy)).toEqual(wanted);
  });

  it('know the cipher kinds of SSLv2', () => {
    const names = [...SSLV2_CIPHER_KINDS.values()];
    expect(names.filter((name) => SUITE_TRAITS.null.test(name))).toEqual([
      'SSL_CK_NULL_WITH_MD5',
      'SSL_CK_NULL',
    ]);
    expect(names.filter((name) => SUITE_TRAITS.export.test(name))).toHaveLength(2);
    expect(names.filter((name) => SUITE_TRAITS.des.test(name))).toHaveLength(3);
    expect(names.filter((name) => SUITE_TRAITS.tripleDes.test(name))).toHaveLength(2);
    expect(names.filter(hasForwardSecrecy)).toEqual([]);
  });
});

describe('listSuites', () => {
  it.each([
    [['A'], 'A'],
    [['A', 'B'], 'A and B'],
    [['A', 'B', 'C'], 'A, B and C'],
    [['A', 'B', 'C', 'D', 'E'], 'A, B, C and 2 more'],
  ])('lists %j as %s', (names, text) => {
    expect(listSuites(names)).toBe(text);
  });
});
