import type { CipherSuiteSupport, Posture, TlsVersion } from '../../src/model/posture.js';

const SOUND: Posture = {
  complete: true,
  reason: null,
  connections: 20,
  versions: {
    SSLv2: false,
    SSLv3: false,
    TLSv1: false,
    'TLSv1.1': false,
    'TLSv1.2': true,
    'TLSv1.3': true,
  },
  cipherSuites: [
    { version: 'TLSv1.3', order: 'server', names: ['TLS_AES_128_GCM_SHA256'], complete: true },
    {
      version: 'TLSv1.2',
      order: 'server',
      names: ['TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256'],
      complete: true,
    },
  ],
  groups: [{ version: 'TLSv1.3', names: ['X25519MLKEM768', 'x25519'], complete: true }],
  ephemeralKeys: [],
  compression: false,
  secureRenegotiation: true,
  fallbackScsv: true,
  extendedMasterSecret: true,
  encryptThenMac: null,
  heartbeat: false,
  ocspStapling: false,
  alpn: ['h2', 'http/1.1'],
  certificates: [],
  unknown: {},
};

/** A posture without fault, but for what is given. */
export function makePosture(parts: Partial<Posture> = {}): Posture {
  return { ...SOUND, ...parts };
}

/** A sound posture, but for the versions given. */
export function withVersions(versions: Partial<Posture['versions']>): Posture {
  return makePosture({ versions: { ...SOUND.versions, ...versions } });
}

/** A sound posture, but that one version's list is the one given. */
export function withSuites(
  names: readonly string[],
  { version = 'TLSv1.2', ...rest }: Partial<CipherSuiteSupport> & { readonly version?: TlsVersion } = {},
): Posture {
  const list: CipherSuiteSupport = { version, order: 'server', complete: true, ...rest, names };
  return makePosture({
    cipherSuites: SOUND.cipherSuites.map((each) => (each.version === version ? list : each)),
  });
}
