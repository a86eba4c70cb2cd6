import type { TlsOptions } from 'node:tls';
import {
  type CertificateSpec,
  type MadeCertificate,
  makeCertificate,
  NOW,
} from '../fixtures/make-certificate.js';
import { CA_SPEC, type LabAuthority } from './lab-authority.js';
import type { Expectation, LabServerSpec } from './lab-server.js';
import { listenTls } from './listener.js';

const DAY_MS = 86_400_000;

/** A server that speaks TLS, as a difference from a sound one. */
interface CertificateServer {
  readonly name: string;
  readonly description: string;
  /** As a difference from a sound certificate for the server's name. */
  readonly certificate?: CertificateSpec;
  /** Default: the lab's intermediate; null: self-signed. */
  readonly issuer?: MadeCertificate | null;
  /** What follows the leaf on the wire. Default: the intermediate. */
  readonly sent?: readonly MadeCertificate[];
  readonly tls?: TlsOptions;
  /** Default: `<name>.lab.example`. */
  readonly serverName?: string | null;
  /** As a difference from a server with nothing wrong. */
  readonly expect?: Partial<Expectation>;
}

/** The servers that present a certificate: sound ones first, then one for each defect. */
export async function makeCertificateServers(authority: LabAuthority): Promise<LabServerSpec[]> {
  const servers = [
    ...soundServers(authority),
    ...leafDefects(),
    ...weakKeysAndSignatures(authority),
    ...(await chainDefects(authority)),
  ];
  return Promise.all(servers.map((server) => toSpec(server, authority)));
}

function soundServers({ rsaIntermediate }: LabAuthority): CertificateServer[] {
  return [
    { name: 'good', description: 'a sound ECDSA certificate and chain' },
    {
      name: 'good-rsa',
      description: 'a sound RSA certificate and chain',
      certificate: { key: 'rsa-2048' },
      issuer: rsaIntermediate,
      sent: [rsaIntermediate],
    },
    {
      name: 'good-tls13',
      description: 'speaks nothing but TLS 1.3, where certificates are encrypted',
      tls: { minVersion: 'TLSv1.3' },
    },
    {
      name: 'good-address',
      description: 'a certificate for an address, reached by that address alone',
      certificate: { subject: 'CN=good-address', ipAddresses: ['127.0.0.1'] },
      serverName: null,
    },
    {
      name: 'client-certificate',
      description: 'demands a client certificate, yet shows its own first',
      tls: { requestCert: true, rejectUnauthorized: true },
    },
    {
      name: 'old-tls',
      description: 'speaks nothing newer than TLS 1.0; its certificate is sound',
      tls: { minVersion: 'TLSv1', maxVersion: 'TLSv1' },
      expect: { status: 'Warning', findings: ['tls10'] },
    },
    {
      name: 'wildcard',
      description: 'a sound certificate for *.lab.example',
      certificate: { subject: 'CN=*.lab.example', dnsNames: ['*.lab.example'] },
      expect: { findings: ['wildcard-certificate'] },
    },
  ];
}

function leafDefects(): CertificateServer[] {
  return [
    {
      name: 'expired',
      description: 'expired ten days ago',
      certificate: { notBefore: daysFromNow(-100), notAfter: daysFromNow(-10) },
      expect: { status: 'Expired', findings: ['expired'] },
    },
    {
      name: 'not-yet-valid',
      description: 'valid from the day after tomorrow',
      certificate: { notBefore: daysFromNow(2), notAfter: daysFromNow(90) },
      expect: { status: 'Warning', findings: ['not-yet-valid'] },
    },
    {
      name: 'expiring',
      description: 'expires in twelve days',
      certificate: { notAfter: daysFromNow(12) },
      expect: { status: 'Warning', findings: ['expiring'] },
    },
    {
      name: 'wrong-host',
      description: 'a certificate for another host',
      certificate: { dnsNames: ['other.lab.example'] },
      expect: { status: 'Warning', findings: ['hostname-mismatch'] },
    },
    {
      name: 'missing-san',
      description: 'names its host in the common name only',
      certificate: { subject: 'CN=missing-san.lab.example', dnsNames: [] },
      expect: { status: 'Warning', findings: ['missing-san'] },
    },
    {
      name: 'missing-server-auth',
      description: 'issued for clients, not for servers',
      certificate: { extendedKeyUsage: ['1.3.6.1.5.5.7.3.2'] },
      expect: { status: 'Warning', findings: ['missing-server-auth'] },
    },
  ];
}

function weakKeysAndSignatures({ rsaIntermediate }: LabAuthority): CertificateServer[] {
  return [
    {
      name: 'weak-rsa-key',
      description: 'an RSA key of 1024 bits',
      certificate: { key: 'rsa-1024' },
      expect: { status: 'Warning', findings: ['weak-rsa-key'] },
    },
    {
      name: 'weak-ec-key',
      description: 'an elliptic curve of 224 bits',
      certificate: { key: 'ec-p224' },
      // TLS 1.3 has no such curve (RFC 8446, section 4.2.7); before it, both sides must list it.
      tls: { maxVersion: 'TLSv1.2', ecdhCurve: 'X25519:P-256:secp224r1' },
      expect: { status: 'Warning', findings: ['weak-ec-key'] },
    },
    {
      name: 'md5-signature',
      description: 'signed with MD5',
      certificate: { signatureHash: 'md5' },
      issuer: rsaIntermediate,
      sent: [rsaIntermediate],
      expect: { status: 'Warning', findings: ['md5-signature'] },
    },
    {
      name: 'sha1-signature',
      description: 'signed with SHA-1',
      certificate: { signatureHash: 'sha1' },
      issuer: rsaIntermediate,
      sent: [rsaIntermediate],
      expect: { status: 'Warning', findings: ['sha1-signature'] },
    },
  ];
}

async function chainDefects({ root, intermediate }: LabAuthority): Promise<CertificateServer[]> {
  const otherRoot = await makeCertificate({ ...CA_SPEC, subject: 'CN=Other Root, O=Elsewhere' });
  const unseenIssuer = await makeCertificate({ ...CA_SPEC, subject: 'CN=Appliance CA, O=Vendor' });
  const expiredIssuer = await makeCertificate({
    ...CA_SPEC,
    subject: 'CN=Lab Issuing CA E0, O=Lab',
    issuer: root,
    notAfter: daysFromNow(-5),
  });
  return [
    {
      name: 'self-signed',
      description: 'signed by its own key',
      issuer: null,
      sent: [],
      expect: { status: 'Warning', path: 'self-signed', findings: ['self-signed'] },
    },
    {
      name: 'untrusted-root',
      description: 'sends a root that no trust store holds',
      issuer: otherRoot,
      sent: [otherRoot],
      expect: { status: 'Warning', path: 'private', findings: ['untrusted-root'] },
    },
    {
      name: 'unknown-issuer',
      description: 'its issuer is neither sent nor known, and nothing says where it is',
      issuer: unseenIssuer,
      sent: [],
      expect: { status: 'Warning', path: 'incomplete', findings: ['unknown-issuer'] },
    },
    {
      name: 'missing-intermediate',
      description: 'does not send the intermediate that its certificate points to',
      certificate: { aiaIssuers: 'http://127.0.0.1:9/issuing-ca.crt' },
      sent: [],
      expect: { status: 'Warning', path: 'incomplete', findings: ['missing-intermediate'] },
    },
    {
      name: 'expired-intermediate',
      description: 'sends an intermediate that expired five days ago',
      issuer: expiredIssuer,
      sent: [expiredIssuer],
      expect: { status: 'Warning', path: 'invalid', findings: ['expired-chain-certificate'] },
    },
    {
      name: 'root-in-chain',
      description: 'sends the root too, which every client has',
      sent: [intermediate, root],
      expect: { findings: ['root-in-chain'] },
    },
    {
      name: 'duplicate-in-chain',
      description: 'sends the intermediate twice',
      sent: [intermediate, intermediate],
      expect: { findings: ['duplicate-chain-certificate'] },
    },
  ];
}

async function toSpec(server: CertificateServer, { intermediate }: LabAuthority): Promise<LabServerSpec> {
  const serverName = server.serverName === undefined ? `${server.name}.lab.example` : server.serverName;
  const issuer = server.issuer === undefined ? intermediate : server.issuer;
  const leaf = await makeCertificate({
    ...(serverName !== null && { dnsNames: [serverName] }),
    ...(issuer !== null && { issuer }),
    ...server.certificate,
  });
  const chain = [leaf, ...(server.sent ?? [intermediate])];
  return {
    name: server.name,
    description: server.description,
    serverName,
    expect: { outcome: 'tls', status: 'Good', path: 'trusted', findings: [], ...server.expect },
    start: (address) =>
      listenTls(
        { ...server.tls, cert: chain.map(({ pem }) => pem).join(''), key: leaf.privateKeyPem },
        address,
      ),
  };
}

function daysFromNow(days: number): Date {
  return new Date(NOW.getTime() + days * DAY_MS);
}
