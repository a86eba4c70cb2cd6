import { X509Certificate } from 'node:crypto';
import { rootCertificates } from 'node:tls';
import { parseCertificate } from '../../src/x509/certificate.js';
import { makeCertificate } from '../fixtures/make-certificate.js';

// CPU for reading a certificate, beside node:crypto's own reader: run with `npx tsx test/bench/x509.ts`.

const ROUNDS = 20_000;

function measure(name: string, der: Uint8Array, read: (der: Uint8Array) => unknown): void {
  for (let round = 0; round < ROUNDS / 4; round++) read(der);
  const before = process.cpuUsage();
  for (let round = 0; round < ROUNDS; round++) read(der);
  const { user, system } = process.cpuUsage(before);
  console.log(`${name.padEnd(44)} ${((user + system) / 1000 / ROUNDS).toFixed(4)} ms`);
}

const issuer = await makeCertificate({
  subject: 'CN=Example Issuing CA G2, O=Example Trust Services, C=US',
  key: 'rsa-2048',
  ca: true,
});
const leaf = await makeCertificate({
  subject: 'CN=www.shop.example, O=Shop, L=Berlin, ST=Berlin, C=DE',
  key: 'rsa-2048',
  issuer,
  dnsNames: ['www.shop.example', 'shop.example', 'api.shop.example', 'm.shop.example'],
  policies: ['2.23.140.1.2.2'],
  ocspUrl: 'http://ocsp.trust.example',
  aiaIssuers: 'http://crt.trust.example/g2.crt',
  crlUrl: 'http://crl.trust.example/g2.crl',
});
const root = Buffer.from(rootCertificates[0]?.split('-----')[2] ?? '', 'base64');

for (const [name, der] of [
  ['leaf', leaf.der],
  ['root', root],
] as const) {
  measure(`parseCertificate, ${name} of ${der.length} bytes`, der, parseCertificate);
  measure(`X509Certificate, ${name} of ${der.length} bytes`, der, (bytes) => new X509Certificate(bytes));
}
