import type { Posture, TlsVersion } from '../../../src/model/posture.js';

/** What a tool says of a server's TLS; what it cannot tell is left out. */
export interface TlsView {
  readonly versions: Readonly<Partial<Record<TlsVersion, boolean | null>>>;
  /** By version, IANA names: in the server's order where it has one, else sorted. */
  readonly cipherSuites: Readonly<Partial<Record<TlsVersion, readonly string[]>>>;
  /** By version, IANA names, sorted. */
  readonly groups: Readonly<Partial<Record<TlsVersion, readonly string[]>>>;
  readonly fallbackScsv?: boolean | null;
}

/** The posture as such a view. */
export function viewPosture({ versions, cipherSuites, groups, fallbackScsv }: Posture): TlsView {
  return {
    versions,
    cipherSuites: Object.fromEntries(
      cipherSuites.map(({ version, order, names }) => [version, order === 'server' ? names : sorted(names)]),
    ),
    groups: Object.fromEntries(
      groups.filter(({ names }) => names.length > 0).map(({ version, names }) => [version, sorted(names)]),
    ),
    fallbackScsv,
  };
}

/** The names in alphabetical order, each once. */
export function sorted(names: Iterable<string>): readonly string[] {
  return [...new Set(names)].sort();
}
