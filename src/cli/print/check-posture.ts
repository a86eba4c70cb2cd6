import { type CipherSuiteSupport, type Posture, TLS_VERSIONS } from '../../model/posture.js';
import { CIPHER_SUITES } from '../../probe/hello/cipher-suites.js';
import { GROUPS } from '../../probe/hello/groups.js';
import { type Field, formatFields, formatItem } from './fields.js';
import { quotePeer } from './quote-peer.js';
import type { TextStyle, Tone } from './text-style.js';

/** Versions that must not be offered any more (RFC 6176, RFC 7568, RFC 8996). */
const OLD_VERSIONS: ReadonlySet<string> = new Set(['SSLv2', 'SSLv3', 'TLSv1', 'TLSv1.1']);

type Strength = 'insecure' | 'weak' | 'secure' | 'recommended';

const SUITE_STRENGTHS: ReadonlyMap<string, Strength> = new Map(
  [...CIPHER_SUITES.values()].map(({ name, strength }) => [name, strength]),
);

const GROUPS_BY_NAME = new Map([...GROUPS.values()].map((group) => [group.name, group]));

/** How a server is set up: versions, suites, groups and features. */
export function formatCheckPosture(posture: Posture, style: TextStyle): string[] {
  return [
    style.paint('title', 'Versions'),
    ...formatFields(
      TLS_VERSIONS.toReversed().map((version) => formatVersion(posture, version)),
      2,
      style,
    ),
    '',
    style.paint('title', 'Cipher suites'),
    ...groupEqual(posture.cipherSuites).flatMap((suites) => formatSuites(suites, style)),
    '',
    style.paint('title', 'Key exchange and features'),
    ...formatFields([...formatGroups(posture), ...formatFeatures(posture)], 2, style),
  ];
}

function formatVersion({ unknown, versions }: Posture, version: (typeof TLS_VERSIONS)[number]): Field {
  const offered = versions[version];
  if (offered === null) return { label: version, text: notKnown(unknown[version]), tone: 'faint' };
  if (!offered) return { label: version, text: 'not offered' };
  return OLD_VERSIONS.has(version)
    ? { label: version, text: 'offered: outdated', tone: 'bad' }
    : { label: version, text: 'offered', tone: 'good' };
}

/** Suites that several versions share. */
interface SharedSuites extends Omit<CipherSuiteSupport, 'version'> {
  readonly versions: readonly string[];
}

/** The versions before TLS 1.3 mostly accept the same: that is said once. */
function groupEqual(all: readonly CipherSuiteSupport[]): SharedSuites[] {
  const groups = new Map<string, SharedSuites>();
  for (const { version, ...rest } of all) {
    const key = JSON.stringify(rest);
    const versions = [...(groups.get(key)?.versions ?? []), version];
    groups.set(key, { ...rest, versions });
  }
  return [...groups.values()];
}

function formatSuites({ complete, names, order, versions }: SharedSuites, style: TextStyle): string[] {
  const who =
    order === null ? '' : order === 'server' ? ", in the server's order" : ', the client decides the order';
  const more = complete ? '' : ' (there may be more)';
  return [
    `  ${versions.join(', ')}${who}${more}`,
    ...names.flatMap((name) => {
      const strength = SUITE_STRENGTHS.get(name) ?? (versions.includes('SSLv2') ? 'insecure' : undefined);
      const isFlawed = strength === 'weak' || strength === 'insecure';
      const text = isFlawed ? `${name} (${strength})` : name;
      return formatItem('    ', quotePeer(text), style, { tone: toneOf(strength) });
    }),
  ];
}

function formatGroups({ ephemeralKeys, groups }: Posture): Field[] {
  const fields = groups.map(({ complete, names, version }): Field => {
    const listed = names.map((name) => {
      const strength = GROUPS_BY_NAME.get(name)?.strength;
      return strength === 'weak' || strength === 'insecure' ? `${name} (${strength})` : name;
    });
    const text = listed.length === 0 ? 'none' : listed.join(', ');
    return { label: `${version} groups`, text: complete ? text : `${text} (there may be more)` };
  });
  const keys = ephemeralKeys.map(({ bits, kind, name, safePrime }): Field => {
    const what = kind === 'dh' ? `Diffie-Hellman, ${bits} bits` : `RSA for export, ${bits} bits`;
    const whose = name === null ? '' : `, ${name}`;
    const flaw = safePrime === false ? ', no safe prime' : '';
    const isWeak = bits < 2048 || safePrime === false;
    return { label: 'Short-lived', text: `${what}${whose}${flaw}`, tone: isWeak ? 'bad' : 'plain' };
  });
  return [...fields, formatPostQuantum(groups), ...keys];
}

function formatPostQuantum(groups: Posture['groups']): Field {
  const label = 'Post-quantum';
  const names = groups.flatMap((each) => each.names).filter(isPostQuantum);
  if (names.length > 0) return { label, text: `yes: ${[...new Set(names)].join(', ')}`, tone: 'good' };
  const isSure = groups.every(({ complete }) => complete);
  return { label, text: isSure ? 'no post-quantum group is offered' : 'not known', tone: 'warning' };
}

function isPostQuantum(name: string): boolean {
  const kind = GROUPS_BY_NAME.get(name)?.kind;
  return kind === 'kem' || kind === 'hybrid';
}

function formatFeatures(posture: Posture): Field[] {
  const { alpn, connections, unknown } = posture;
  const feature = (
    label: string,
    key: keyof Posture & string,
    [yes, no]: readonly [string, string],
    wanted: boolean | null,
  ): Field => {
    const value = posture[key];
    if (typeof value !== 'boolean') return { label, text: notKnown(unknown[key]), tone: 'faint' };
    const tone: Tone = wanted === null || value === wanted ? 'plain' : 'warning';
    return { label, text: value ? yes : no, tone };
  };
  const protocols =
    alpn === null ? notKnown(unknown.alpn) : alpn.length === 0 ? 'none' : quotePeer(alpn.join(', '));
  return [
    feature('Compression', 'compression', ['on, which gives secrets away (CVE-2012-4929)', 'off'], false),
    feature('Renegotiation', 'secureRenegotiation', ['secure (RFC 5746)', 'not secure (RFC 5746)'], true),
    feature('Fallback SCSV', 'fallbackScsv', ['heeded (RFC 7507)', 'ignored (RFC 7507)'], true),
    feature(
      'Master secret',
      'extendedMasterSecret',
      ['extended (RFC 7627)', 'not extended (RFC 7627)'],
      true,
    ),
    feature('CBC', 'encryptThenMac', ['encrypt-then-MAC (RFC 7366)', 'MAC-then-encrypt'], null),
    feature('OCSP stapling', 'ocspStapling', ['yes', 'no'], null),
    feature('Heartbeat', 'heartbeat', ['on (RFC 6520)', 'off'], null),
    { label: 'ALPN', text: protocols },
    {
      label: 'Connections',
      text: `${connections} made${posture.reason === null ? '' : `; not all could be asked: ${quotePeer(posture.reason)}`}`,
    },
  ];
}

function notKnown(reason: string | undefined): string {
  return reason === undefined ? 'not known' : `not known: ${quotePeer(reason)}`;
}

function toneOf(strength: Strength | undefined): Tone {
  if (strength === 'insecure') return 'bad';
  return strength === 'weak' ? 'warning' : 'plain';
}
