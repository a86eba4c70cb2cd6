import { describe, expect, it } from 'vitest';
import { describeCertificate, describeIssuer, shorten } from '../../src/grade/describe-certificate.js';
import { parseCertificate } from '../../src/x509/certificate.js';
import { makeLeaf, makeRoot } from './judge-setup.js';

describe('describeCertificate', () => {
  it('names the subject', async () => {
    const { der } = await makeLeaf({ subject: 'CN=a.example, O=Corp' });
    expect(describeCertificate(parseCertificate(der))).toMatch(/CN=a\.example/);
  });

  it('names the serial number when the subject is empty', async () => {
    const { der } = await makeLeaf({ subject: '', serialNumber: '1f2e' });
    expect(describeCertificate(parseCertificate(der))).toBe('the certificate with serial number 1f2e');
  });
});

describe('describeIssuer', () => {
  it('says so when the issuer has no name', async () => {
    const { der } = await makeLeaf({ issuer: await makeRoot({ subject: '' }) });
    expect(describeIssuer(parseCertificate(der))).toBe('an issuer without a name');
  });
});

describe('shorten', () => {
  it('leaves what fits', () => {
    expect(shorten('x'.repeat(120))).toBe('x'.repeat(120));
  });

  it('does not cut a character in half', () => {
    expect(shorten(`${'x'.repeat(119)}😀 and more`)).toBe(`${'x'.repeat(119)}…`);
  });
});
