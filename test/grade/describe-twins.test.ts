import { expect, it } from 'vitest';
import { describeTwins } from '../../src/grade/describe-twins.js';
import { parseCertificate } from '../../src/x509/certificate.js';
import { makeCertificate } from '../fixtures/make-certificate.js';

it('counts namesakes and strangers of each, and tells the self-issued', async () => {
  const issuer = await makeCertificate({ subject: 'CN=CA', ca: true });
  const made = [
    await makeCertificate({ subject: 'CN=a', issuer }),
    await makeCertificate({ subject: 'CN=A', issuer }),
    await makeCertificate({ subject: 'CN=b' }),
  ];
  const certificates = made.map(({ der }) => parseCertificate(der));
  const [a, , b] = certificates;
  expect(describeTwins(certificates)).toEqual([
    { sameName: 1, otherNames: 1, stranger: b, hasSelfIssuedStranger: true },
    { sameName: 1, otherNames: 1, stranger: b, hasSelfIssuedStranger: true },
    { sameName: 0, otherNames: 2, stranger: a, hasSelfIssuedStranger: false },
  ]);
});

it('says of a certificate that is alone with its key that it has no twins', async () => {
  const { der } = await makeCertificate({ subject: 'CN=a' });
  expect(describeTwins([parseCertificate(der)])).toEqual([
    { sameName: 0, otherNames: 0, stranger: null, hasSelfIssuedStranger: false },
  ]);
});
