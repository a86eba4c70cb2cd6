import { describe, expect, it } from 'vitest';
import { NO_ANNOTATION } from '../../src/model/annotation.js';
import { parseAnnotationRule } from '../../src/store/annotation-rule.js';
import { makeAnnotationRules } from '../../src/store/annotation-rules.js';

function make(...texts: readonly (string | readonly [string, number])[]) {
  return makeAnnotationRules(
    texts.map((each) => {
      const [text, order] = typeof each === 'string' ? [each, 1000] : each;
      return { rule: parseAnnotationRule(text), order, annotation: NO_ANNOTATION };
    }),
  );
}

const certificate = { commonName: null, subjectAltNames: null, issuer: null };
const NONE = Number.POSITIVE_INFINITY;

describe('rules in their order', () => {
  it('go by number, then names before networks before issuers, the narrower first', () => {
    const { rules } = make(
      'issuer:~a',
      'cidr:10.0.0.0/8',
      'cidr:10.1.0.0/16',
      ['issuer:~first', 1],
      'name:*.example',
      'name:*.lab.example',
    );
    expect(rules.map(({ rule }) => rule.text)).toEqual([
      'issuer:~first',
      'name:*.lab.example',
      'name:*.example',
      'cidr:10.1.0.0/16',
      'cidr:10.0.0.0/8',
      'issuer:~a',
    ]);
  });

  it.each([
    ['a.lab.example', 0],
    ['A.B.LAB.example', 0],
    ['lab.example', 1],
    ['www.example', 1],
    ['exact.test', 2],
    ['web-7.site', 3],
    ['web-.site', 3],
    ['example', NONE],
    ['', NONE],
    [`${'a.'.repeat(200)}lab.example`, NONE],
  ])('fit names: %s', (name, rank) => {
    const rules = make(
      ['name:*.lab.example', 1],
      ['name:*.example', 2],
      ['name:exact.test', 3],
      ['name:web-*.site', 4],
    );
    expect(rules.rankName(name)).toBe(rank);
  });

  it('fit what a certificate says', () => {
    const rules = make(['name:*.lab.example', 1], ['issuer:~digicert', 2], ['issuer:CN=Lab*', 3]);
    expect(rules.rankCertificate({ ...certificate, commonName: 'a.lab.example' })).toBe(0);
    expect(
      rules.rankCertificate({ ...certificate, subjectAltNames: '["IP:10.0.0.1","DNS:a.lab.example"]' }),
    ).toBe(0);
    expect(rules.rankCertificate({ ...certificate, issuer: 'CN=x,O=DigiCert Inc' })).toBe(1);
    expect(rules.rankCertificate({ ...certificate, issuer: 'cn=lab ca 7' })).toBe(2);
    expect(rules.rankCertificate({ ...certificate, issuer: 'O=Lab,CN=Lab' })).toBe(NONE);
    expect(rules.rankCertificate(certificate)).toBe(NONE);
  });
});
