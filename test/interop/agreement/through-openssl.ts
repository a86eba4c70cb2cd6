import type { Endpoint } from '../../../src/model/endpoint.js';
import type { Posture, TlsVersion } from '../../../src/model/posture.js';
import {
  askOpenssl,
  hasOpensslGroup,
  OPENSSL_GROUPS,
  OPENSSL_VERSIONS,
  type OpensslAnswer,
} from './openssl-client.js';
import { sorted } from './tls-view.js';

/** What OpenSSL and the posture can both tell of a server. */
export interface OpensslView {
  readonly versions: Readonly<Partial<Record<TlsVersion, boolean | null>>>;
  /** Each chain that is presented, as fingerprints joined by blanks. */
  readonly chains: readonly string[];
  /** By version, IANA names, sorted. */
  readonly groups: Readonly<Partial<Record<TlsVersion, readonly string[]>>>;
  readonly fallbackScsv: boolean | null;
  readonly secureRenegotiation: boolean | null;
  readonly extendedMasterSecret: boolean | null;
  readonly ocspStapling: boolean | null;
  /** Those of the posture's that are accepted when offered alone. */
  readonly alpn: readonly string[] | null;
}

/** Signature algorithms, and cipher strings for versions without those, by kind of key. */
const KINDS = [
  { sigalgs: 'RSA-PSS+SHA256:RSA-PSS+SHA384:RSA+SHA256:RSA+SHA384:RSA+SHA1', cipher: 'aRSA:@SECLEVEL=0' },
  { sigalgs: 'ECDSA+SHA256:ECDSA+SHA384:ECDSA+SHA512:ed25519:ECDSA+SHA1', cipher: 'aECDSA:@SECLEVEL=0' },
];

/** What OpenSSL would say of a server with this posture: it has neither SSLv2, SSLv3 nor groups newer than itself. */
export function throughOpenssl(posture: Posture): OpensslView {
  const { fallbackScsv, secureRenegotiation, extendedMasterSecret, ocspStapling, alpn } = posture;
  const versions = Object.entries(posture.versions).filter(([version]) => version in OPENSSL_VERSIONS);
  const groups = posture.groups
    .map(
      ({ version, names }) =>
        [version, sorted(names.filter((name) => hasOpensslGroup(version, name)))] as const,
    )
    .filter(([version, names]) => version in OPENSSL_VERSIONS && names.length > 0);
  return {
    versions: Object.fromEntries(versions),
    chains: sorted(posture.certificates.map(({ chain }) => chain.join(' '))),
    groups: Object.fromEntries(groups),
    ...{ fallbackScsv, secureRenegotiation, extendedMasterSecret, ocspStapling, alpn },
  };
}

/** Asks OpenSSL all that the posture says; `curve` is that of the certificate's key, null for other keys. */
export async function viewWithOpenssl(
  program: string,
  endpoint: Endpoint,
  starttls: readonly string[],
  { posture, curve }: { readonly posture: Posture; readonly curve: string | null },
): Promise<OpensslView> {
  const ask = (version: TlsVersion, ...args: readonly string[]) =>
    askOpenssl(program, endpoint, [OPENSSL_VERSIONS[version] ?? '', ...starttls, ...args]);

  const answers = new Map<TlsVersion, OpensslAnswer>();
  for (const version of ['TLSv1.3', 'TLSv1.2', 'TLSv1.1', 'TLSv1'] as const) {
    answers.set(version, await ask(version, '-status'));
  }
  const accepted = [...answers.keys()].filter((version) => answers.get(version)?.isAccepted);
  const [newest = 'TLSv1.3'] = accepted;
  const newestOld = accepted.find((version) => version !== 'TLSv1.3');
  const old = newestOld && answers.get(newestOld);

  const chains: string[] = [];
  for (const { sigalgs, cipher } of KINDS) {
    const wish = newest === 'TLSv1.3' || newest === 'TLSv1.2' ? ['-sigalgs', sigalgs] : ['-cipher', cipher];
    const { isAccepted, chain } = await ask(newest, ...wish);
    if (isAccepted && chain.length > 0) chains.push(chain.join(' '));
  }

  const groups: Partial<Record<TlsVersion, readonly string[]>> = {};
  for (const version of [...(newest === 'TLSv1.3' ? [newest] : []), ...(newestOld ? [newestOld] : [])]) {
    const names = await listGroups(version);
    if (names.length > 0) groups[version] = names;
  }

  const alpn: string[] = [];
  for (const name of posture.alpn ?? []) {
    if ((await ask(newest, '-alpn', name)).alpn === name) alpn.push(name);
  }
  const second = accepted[1];
  return {
    versions: Object.fromEntries([...answers].map(([version, { isAccepted }]) => [version, isAccepted])),
    chains: sorted(chains),
    groups,
    fallbackScsv: second ? !(await ask(second, '-fallback_scsv')).isAccepted : null,
    secureRenegotiation: old?.secureRenegotiation ?? null,
    extendedMasterSecret: old?.extendedMasterSecret ?? null,
    ocspStapling: accepted.some((version) => answers.get(version)?.isStapled),
    alpn: posture.alpn && alpn,
  };

  /** Offers each group of the posture alone, and then all the others at once. */
  async function listGroups(version: TlsVersion): Promise<readonly string[]> {
    const listed = posture.groups.find((each) => each.version === version)?.names ?? [];
    const known = OPENSSL_GROUPS.filter((name) => hasOpensslGroup(version, name));
    const isListed = (name: string) => listed.includes(name);
    const offers = [...known.filter(isListed).map((name) => [name]), known.filter((name) => !isListed(name))];
    const found: string[] = [];
    for (const offer of offers) {
      const group = (await offerGroups(version, offer)) ?? (await offerWithCurve(version, offer));
      if (group !== null) found.push(group);
    }
    return sorted(found);
  }

  /** Again with the group without which a server with an ECDSA certificate may refuse: what it chooses counts. */
  async function offerWithCurve(version: TlsVersion, groups: readonly string[]): Promise<string | null> {
    if (version === 'TLSv1.3' || curve === null || groups.includes(curve)) return null;
    return offerGroups(version, [...groups, curve]);
  }

  async function offerGroups(version: TlsVersion, groups: readonly string[]): Promise<string | null> {
    const answer = await ask(version, ...groupOffer(version, posture, groups));
    if (answer.isAccepted) return answer.group;
    // In TLS 1.3 it may be a HelloRetryRequest, of the same name here.
    const hasAgreed = version !== 'TLSv1.3' && answer.hasServerHello;
    return hasAgreed ? groups.join(' or ') : null;
  }
}

/** Whether a server that has other groups, too, refuses them to a client that does not know its certificate's curve. */
export async function insistsOnCurve(
  program: string,
  endpoint: Endpoint,
  starttls: readonly string[],
  { posture, curve }: { readonly posture: Posture; readonly curve: string | null },
): Promise<boolean> {
  const support = posture.groups.find(({ version }) => version !== 'TLSv1.3');
  const others = support?.names.filter((name) => name !== curve && OPENSSL_GROUPS.includes(name)) ?? [];
  if (!support || curve === null || others.length === 0) return false;
  const { version } = support;
  const offer = [OPENSSL_VERSIONS[version] ?? '', ...groupOffer(version, posture, others)];
  return !(await askOpenssl(program, endpoint, [...starttls, ...offer])).hasServerHello;
}

/** Before TLS 1.3 only suites with ECDHE have a group by name, and those with RSA can do with any. */
function groupOffer(version: TlsVersion, posture: Posture, groups: readonly string[]): readonly string[] {
  const offer = ['-groups', groups.join(':')];
  if (version === 'TLSv1.3') return offer;
  const suites = posture.cipherSuites.find((each) => each.version === version)?.names ?? [];
  const hasRsa = suites.some((name) => name.includes('_ECDHE_RSA_'));
  return ['-cipher', `ECDHE${hasRsa ? '+aRSA' : ''}:@SECLEVEL=0`, ...offer];
}
