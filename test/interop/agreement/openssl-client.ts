import { createHash, X509Certificate } from 'node:crypto';
import type { Endpoint } from '../../../src/model/endpoint.js';
import type { TlsVersion } from '../../../src/model/posture.js';
import { runTool } from './run-tool.js';

/** How to say STARTTLS, for the protocols that `openssl s_client` knows. */
export const OPENSSL_STARTTLS: ReadonlyMap<string, readonly string[]> = new Map([
  ['tls', []],
  ['ftp', ['-starttls', 'ftp']],
  ['imap', ['-starttls', 'imap']],
  ['irc', ['-starttls', 'irc']],
  ['ldap', ['-starttls', 'ldap']],
  ['lmtp', ['-starttls', 'lmtp']],
  ['mysql', ['-starttls', 'mysql']],
  ['nntp', ['-starttls', 'nntp']],
  ['pop3', ['-starttls', 'pop3']],
  ['postgres', ['-starttls', 'postgres']],
  ['sieve', ['-starttls', 'sieve']],
  ['smtp', ['-starttls', 'smtp']],
  ['xmpp-client', ['-starttls', 'xmpp']],
  ['xmpp-server', ['-starttls', 'xmpp-server']],
]);

/** The versions that Debian's OpenSSL has: it is built without SSLv2 and SSLv3. */
export const OPENSSL_VERSIONS: Readonly<Partial<Record<TlsVersion, string>>> = {
  TLSv1: '-tls1',
  'TLSv1.1': '-tls1_1',
  'TLSv1.2': '-tls1_2',
  'TLSv1.3': '-tls1_3',
};

/** The groups that OpenSSL 3.0 has, by IANA name; the first line for TLS 1.3, all but the `ffdhe` for earlier versions. */
export const OPENSSL_GROUPS: readonly string[] = [
  ...['x25519', 'x448', 'secp256r1', 'secp384r1', 'secp521r1'],
  ...['ffdhe2048', 'ffdhe3072', 'ffdhe4096', 'ffdhe6144', 'ffdhe8192'],
  ...['secp160k1', 'secp160r1', 'secp160r2', 'secp192k1', 'secp192r1', 'secp224k1', 'secp224r1', 'secp256k1'],
  ...['brainpoolP256r1', 'brainpoolP384r1', 'brainpoolP512r1'],
  ...['sect163k1', 'sect163r1', 'sect163r2', 'sect193r1', 'sect193r2', 'sect233k1', 'sect233r1', 'sect239k1'],
  ...['sect283k1', 'sect283r1', 'sect409k1', 'sect409r1', 'sect571k1', 'sect571r1'],
];

/** Whether OpenSSL offers a group in a version. */
export function hasOpensslGroup(version: TlsVersion, group: string): boolean {
  const isTls13Group = OPENSSL_GROUPS.indexOf(group) < 10;
  return version === 'TLSv1.3' ? isTls13Group : !group.startsWith('ffdhe');
}

/** What one handshake of `openssl s_client` showed. */
export interface OpensslAnswer {
  readonly isAccepted: boolean;
  /** Whether the server agreed: OpenSSL itself may yet refuse, as it does with certificates on curves that it did not offer. */
  readonly hasServerHello: boolean;
  /** SHA-256 of each certificate, lower-case hex, in sent order. */
  readonly chain: readonly string[];
  /** By IANA name; null: none. */
  readonly group: string | null;
  readonly secureRenegotiation: boolean;
  readonly extendedMasterSecret: boolean;
  /** Whether an OCSP response came, where one was asked for. */
  readonly isStapled: boolean;
  readonly alpn: string | null;
}

/** Shakes hands once. */
export async function askOpenssl(
  program: string,
  { address, port, serverName }: Endpoint,
  args: readonly string[],
): Promise<OpensslAnswer> {
  const name = serverName === null ? ['-noservername'] : ['-servername', serverName];
  const host = serverName === null || !args.includes('-starttls') ? [] : ['-name', serverName];
  const text = await runTool(program, [
    ...['s_client', '-connect', `${address}:${port}`, ...name, ...host],
    // Offers whatever it has, and puts up with whatever it gets.
    ...['-cipher', 'ALL:COMPLEMENTOFALL:@SECLEVEL=0', '-showcerts', '-msg', '-nocommands', ...args],
  ]);
  const found = (pattern: RegExp) => pattern.exec(text)?.[1] ?? null;
  const pems = text.match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];
  return {
    hasServerHello: /^<<< .* ServerHello$/m.test(text),
    isAccepted: /^New, \S+, Cipher is (?!\(NONE\))/m.test(text),
    chain: pems.map((pem) => createHash('sha256').update(new X509Certificate(pem).raw).digest('hex')),
    group: groupName(found(/^Server Temp Key: (.+) bits$/m)),
    secureRenegotiation: text.includes('\nSecure Renegotiation IS supported'),
    extendedMasterSecret: text.includes('Extended master secret: yes'),
    isStapled: text.includes('OCSP Response Status: successful'),
    alpn: found(/^ALPN protocol: (.+)$/m),
  };
}

/** Reads `X25519, 253`, `ECDH, prime256v1, 256` or `DH, 2048`, which in TLS 1.3 is a group with a name. */
function groupName(said: string | null): string | null {
  if (said === null) return null;
  const [kind = '', second = ''] = said.split(', ');
  if (kind === 'DH') return `ffdhe${second}`;
  const name = kind === 'ECDH' ? second : kind.toLowerCase();
  return name === 'prime256v1' ? 'secp256r1' : name;
}
