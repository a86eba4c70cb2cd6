import type { Endpoint } from '../../../src/model/endpoint.js';
import type { Posture, TlsVersion } from '../../../src/model/posture.js';
import { cipherSuiteName } from '../../../src/probe/hello/cipher-suites.js';
import { groupName } from '../../../src/probe/hello/groups.js';
import type { Program } from '../interop-server.js';
import { runTool } from './run-tool.js';
import { sorted, type TlsView, viewPosture } from './tls-view.js';

/** sslscan, which asks suite by suite and group by group. */
export const SSLSCAN_PROGRAM: Program = { file: 'sslscan', package: 'sslscan' };

/** How to say STARTTLS, for the protocols in which sslscan 2.0.7 gets as far as TLS. */
export const SSLSCAN_STARTTLS: ReadonlyMap<string, readonly string[]> = new Map([
  ['tls', []],
  ['ftp', ['--starttls-ftp']],
  ['imap', ['--starttls-imap']],
  ['irc', ['--starttls-irc']],
  ['mysql', ['--starttls-mysql']],
  ['pop3', ['--starttls-pop3']],
  ['postgres', ['--starttls-psql']],
  ['rdp', ['--rdp']],
  ['smtp', ['--starttls-smtp']],
  // Not `ldap`: it looks for the name of the request in the response, where slapd does not repeat it (RFC 4511, section 4.12).
  // Not `xmpp`: it opens the stream to the address, whatever name is given, and Prosody knows no such host.
]);

/** What sslscan is given besides the place. */
export interface SslscanOptions {
  /** How to say STARTTLS; empty: it meets TLS at once. */
  readonly starttls: readonly string[];
  /** PEM files, for servers that demand a certificate: sslscan counts only handshakes that are completed. */
  readonly client: { readonly chain: string; readonly key: string } | null;
  /** How long it waits for the server, seconds. */
  readonly timeoutSeconds: number;
}

const VERSIONS: Readonly<Record<string, TlsVersion>> = {
  '2': 'SSLv2',
  '3': 'SSLv3',
  '1.0': 'TLSv1',
  '1.1': 'TLSv1.1',
  '1.2': 'TLSv1.2',
  '1.3': 'TLSv1.3',
};

/** What sslscan says of a server; suites in the order in which it lists them. */
export async function askSslscan(
  program: string,
  { address, port, serverName }: Endpoint,
  { starttls, client, timeoutSeconds }: SslscanOptions,
): Promise<TlsView> {
  const text = await runTool(program, [
    ...['--no-colour', '--no-heartbleed', '--no-renegotiation', '--xml=-', `--timeout=${timeoutSeconds}`],
    ...(client === null ? [] : [`--certs=${client.chain}`, `--pk=${client.key}`]),
    ...(serverName === null ? [] : [`--sni-name=${serverName}`]),
    ...starttls,
    `${address}:${port}`,
  ]);
  const elements = [...text.matchAll(/<(protocol|cipher|group) ([^>]*)\/>/g)].map(([, name, rest = '']) => ({
    name,
    attributes: new Map(
      [...rest.matchAll(/(\w+)="([^"]*)"/g)].map(([, key = '', value = '']) => [key, value]),
    ),
  }));
  const list = (wanted: string, name: (id: number) => string) => {
    const found: Partial<Record<TlsVersion, string[]>> = {};
    for (const { attributes } of elements.filter((each) => each.name === wanted)) {
      const version = versionOf(attributes.get('sslversion')?.replace(/^TLSv|^SSLv/, ''));
      found[version] = [...(found[version] ?? []), name(Number(attributes.get('id')))];
    }
    return found;
  };
  const protocols = elements.filter(({ name }) => name === 'protocol').map(({ attributes }) => attributes);
  if (protocols.length === 0) throw new Error(`sslscan did not see any TLS:\n${text}`);
  return {
    versions: Object.fromEntries(
      protocols.map((each) => [versionOf(each.get('version')), each.get('enabled') === '1']),
    ),
    cipherSuites: list('cipher', cipherSuiteName),
    groups: Object.fromEntries(
      Object.entries(list('group', groupName)).map(([version, names]) => [version, sorted(names)]),
    ),
  };
}

/** What makes a server show less of itself to sslscan. */
export interface SslscanLimits {
  /** The only group that the server agrees on when it is the only one offered; null: any will do. */
  readonly onlyGroup: string | null;
  /** Whether the groups before TLS 1.3 stay hidden. */
  readonly hidesOldGroups: boolean;
  /** Whether the server's order depends on what the client puts first. */
  readonly adaptsOrder: boolean;
}

/** The suites that Debian's OpenSSL is built without; sslscan asks for these by hellos of its own, after all others. */
const ASKED_LAST = /_(3DES|RC4)_/;

/**
 * What sslscan 2.0.7 would say of a server with this posture. Where it does not get at the server's order, suites are
 * sorted. It lists none in SSLv3, which Debian's OpenSSL is built without.
 */
export function throughSslscan(posture: Posture, limits: SslscanLimits): TlsView {
  const { versions, cipherSuites, groups } = viewPosture(posture);
  const isSeen = (version: string, name: string) =>
    version === 'TLSv1.3' ||
    (!limits.hidesOldGroups && (limits.onlyGroup === null || limits.onlyGroup === name));
  const { SSLv3: _, ...listed } = cipherSuites;
  return {
    versions,
    cipherSuites: inSeenOrder(listed, posture, limits),
    groups: Object.fromEntries(
      Object.entries(groups)
        .map(([version, names]) => [version, names.filter((name) => isSeen(version, name))] as const)
        .filter(([, names]) => names.length > 0),
    ),
  };
}

/** Sorts the suites of each version, unless sslscan sees the order of its server: those asked last come last then. */
export function inSeenOrder(
  suites: TlsView['cipherSuites'],
  posture: Posture,
  { adaptsOrder }: SslscanLimits,
): TlsView['cipherSuites'] {
  const isOrdered = (version: string) =>
    !adaptsOrder && posture.cipherSuites.some((each) => each.version === version && each.order === 'server');
  const order = (names: readonly string[]) => [
    ...names.filter((name) => !ASKED_LAST.test(name)),
    ...sorted(names.filter((name) => ASKED_LAST.test(name))),
  ];
  return Object.fromEntries(
    Object.entries(suites).map(([version, names]) => [
      version,
      isOrdered(version) ? order(names) : sorted(names),
    ]),
  );
}

function versionOf(text: string | undefined): TlsVersion {
  const version = VERSIONS[text ?? ''];
  if (version === undefined) throw new Error(`sslscan names a version ${text}`);
  return version;
}
