import {
  type CipherSuiteSupport,
  type GroupSupport,
  type Posture,
  TLS_VERSIONS,
  type TlsVersion,
} from '../../model/posture.js';
import { cipherSuiteName } from '../hello/cipher-suites.js';
import { groupName } from '../hello/groups.js';
import type { ProtocolVersion } from '../hello/protocol-versions.js';
import type { AnswerNotes } from './answer-notes.js';
import { type Answered, answered, moot } from './answered.js';
import type { ListEnd } from './ask-version.js';
import type { CurveList } from './curve-list.js';
import { describeEphemeralKeys } from './ephemeral-keys.js';
import type { Preference } from './preference.js';
import type { SuiteList } from './suite-list.js';
import type { Tls13List } from './tls13-list.js';

/** All that was found, by number, with how each list ended. */
export interface Findings {
  readonly connections: number;
  readonly notes: AnswerNotes;
  readonly offered: Readonly<Record<TlsVersion, Answered>>;
  readonly sslv2Kinds: readonly string[];
  /** The versions before TLS 1.3, newest first. */
  readonly old: readonly {
    readonly version: ProtocolVersion;
    readonly list: SuiteList;
    readonly preference: Preference;
  }[];
  readonly tls13: Tls13List & { readonly preference: Preference };
  /** Null: no version with curves by name is offered. */
  readonly curves: (CurveList & { readonly version: ProtocolVersion }) | null;
  readonly compression: Answered;
  readonly fallbackScsv: Answered;
  readonly alpn: Answered<readonly string[]>;
}

/** Puts numbers into words, and what is not known into `unknown`. */
export async function writePosture(found: Findings): Promise<Posture> {
  const { notes, offered, tls13, curves } = found;
  const unknown: Record<string, string> = {};
  let reason: string | null = null;

  function read<Value>(name: string, { value, reason: why, isMoot }: Answered<Value>): Value | null {
    if (value === null && why !== null) {
      unknown[name] = why;
      if (!isMoot) reason ??= `${name}: ${why}`;
    }
    return value;
  }

  function isComplete(name: string, end: ListEnd): boolean {
    if (end.kind !== 'unknown') return true;
    read(name, { value: null, reason: end.reason, isMoot: false });
    return false;
  }

  function suites(version: ProtocolVersion, preference: Preference, end: ListEnd): CipherSuiteSupport[] {
    if (preference.suites.length === 0) return [];
    const complete = isComplete(`${version} cipherSuites`, end);
    if (preference.reason !== null) {
      read(`${version} order`, { value: null, reason: preference.reason, isMoot: false });
    }
    const { order } = preference;
    return [{ version, order, names: preference.suites.map(cipherSuiteName), complete }];
  }

  function groups(version: ProtocolVersion, numbers: readonly number[], end: ListEnd): GroupSupport {
    return { version, names: numbers.map(groupName), complete: isComplete(`${version} groups`, end) };
  }

  const versions = TLS_VERSIONS.map((version) => [version, read(version, offered[version])] as const);
  const sslv2: CipherSuiteSupport = {
    version: 'SSLv2',
    order: null,
    names: found.sslv2Kinds,
    complete: true,
  };
  const posture: Omit<Posture, 'complete' | 'reason'> = {
    connections: found.connections,
    versions: Object.fromEntries(versions) as Record<TlsVersion, boolean | null>,
    cipherSuites: [
      ...suites('TLSv1.3', tls13.preference, tls13.suitesEnd),
      ...found.old.flatMap(({ version, preference, list }) => suites(version, preference, list.end)),
      ...(offered.SSLv2.value ? [sslv2] : []),
    ],
    groups: [
      ...(tls13.suites.length > 0 ? [groups('TLSv1.3', tls13.groups, tls13.groupsEnd)] : []),
      ...(curves ? [groups(curves.version, curves.groups, curves.end)] : []),
    ],
    ephemeralKeys: await describeEphemeralKeys(notes.ephemeralKeys.values()),
    compression: notes.compression ? true : read('compression', found.compression),
    secureRenegotiation: read('secureRenegotiation', noted(notes.secureRenegotiation, OLD_ONLY)),
    fallbackScsv: read('fallbackScsv', found.fallbackScsv),
    extendedMasterSecret: read('extendedMasterSecret', noted(notes.extendedMasterSecret, OLD_ONLY)),
    encryptThenMac: read('encryptThenMac', noted(notes.encryptThenMac, 'no suite with CBC was accepted')),
    heartbeat: read('heartbeat', noted(notes.heartbeat, OLD_ONLY)),
    ocspStapling: read('ocspStapling', noted(notes.ocspStapling, 'no certificate was presented')),
    alpn: read('alpn', found.alpn),
    certificates: [...notes.chains.values()].map(({ authentication, fingerprints }) => ({
      authentication,
      chain: fingerprints,
    })),
    unknown,
  };
  return { complete: reason === null, reason, ...posture };
}

const OLD_ONLY = 'no version that has it was accepted';

function noted(value: boolean | null, why: string): Answered {
  return value === null ? moot(why) : answered(value);
}
