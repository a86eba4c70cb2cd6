import { EXTENSION_TYPE } from '../hello/extension-type.js';
import { GROUPS } from '../hello/groups.js';
import type { HelloSpec } from '../hello/hello-spec.js';
import type { ProtocolVersion } from '../hello/protocol-versions.js';
import { SIGNATURE_SCHEMES } from '../hello/signature-schemes.js';

/** One question about versions, suites and groups. */
export interface PostureQuestion {
  readonly version: ProtocolVersion;
  readonly serverName: string | null;
  readonly cipherSuites: readonly number[];
  /** No extensions, which some very old servers need, and SSLv3 always. */
  readonly plain?: boolean;
  /** Default: all that the version knows. */
  readonly groups?: readonly number[];
  /** Groups for which TLS 1.3 shares are sent; default: none, so that the server has to name the one it wants. */
  readonly keyShares?: readonly number[];
  readonly compressionMethods?: readonly number[];
  /** Application protocols to offer. */
  readonly alpn?: readonly string[];
  /** Default: all. */
  readonly signatureSchemes?: readonly number[];
}

/**
 * Kinds of groups that TLS before 1.3 chooses by name; Diffie-Hellman primes it simply uses (RFC 5246, section 7.4.3).
 */
const CURVE_KINDS = new Set(['ec', 'ec-char2', 'montgomery', 'gost']);

/** Peer may send heartbeats, too (RFC 6520, section 2). */
const HEARTBEAT_ALLOWED = Buffer.from([1]);

/** Good schemes first, for servers that take the client's first. */
const ALL_SCHEMES = [...SIGNATURE_SCHEMES.values()]
  .sort((a, b) => Number(b.strength === 'recommended') - Number(a.strength === 'recommended'))
  .map(({ id }) => id);

const CURVES = listGroups(({ tls12, kind }) => tls12 && CURVE_KINDS.has(kind));
const TLS13_GROUPS = listGroups(({ tls13 }) => tls13);

/** The groups to try in a version, by number, the weakest first. */
export function listGroupCandidates(version: ProtocolVersion): readonly number[] {
  return version === 'TLSv1.3' ? TLS13_GROUPS : CURVES;
}

/** Writes one question as a hello; whatever can be asked along with it is. */
export function postureHello(question: PostureQuestion): HelloSpec {
  const { version, serverName, cipherSuites, compressionMethods, alpn } = question;
  return {
    serverName,
    versions: [version],
    cipherSuites,
    groups: question.groups ?? listGroupCandidates(version),
    keyShares: question.keyShares ?? [],
    signatureSchemes: question.signatureSchemes ?? ALL_SCHEMES,
    plain: question.plain === true || version === 'SSLv3',
    extraExtensions: new Map([
      ...(alpn ? [[EXTENSION_TYPE.alpn, writeAlpn(alpn)] as const] : []),
      ...(version === 'TLSv1.3' ? [] : [[EXTENSION_TYPE.encryptThenMac, Buffer.alloc(0)] as const]),
      // Last, as it is not empty: old WebSphere servers fail on an empty last extension.
      [EXTENSION_TYPE.heartbeat, HEARTBEAT_ALLOWED],
    ]),
    ...(compressionMethods && { compressionMethods }),
  };
}

function writeAlpn(protocols: readonly string[]): Buffer {
  const list = Buffer.concat(
    protocols.map((name) => Buffer.concat([Buffer.from([name.length]), Buffer.from(name, 'latin1')])),
  );
  return Buffer.concat([Buffer.from([list.length >> 8, list.length & 255]), list]);
}

function listGroups(
  isWanted: (group: NonNullable<ReturnType<typeof GROUPS.get>>) => boolean,
): readonly number[] {
  const strengths = ['insecure', 'weak', 'secure', 'recommended'];
  return [...GROUPS.values()]
    .filter(isWanted)
    .sort((a, b) => strengths.indexOf(a.strength) - strengths.indexOf(b.strength))
    .map(({ id }) => id);
}
