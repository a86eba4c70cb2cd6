import type { Handshake } from '../../../src/model/handshake.js';
import type { EphemeralKey, Posture } from '../../../src/model/posture.js';
import type { CertificateSpec } from '../../fixtures/make-certificate.js';
import { makePosture, withSuites, withVersions } from '../../fixtures/make-posture.js';
import { makePki, type Setup } from '../judge-setup.js';
import { type CheckCase, trusted } from './check-case.js';

const withPosture = async (posture: Posture): Promise<Setup> =>
  trusted(await makePki(), { observed: { posture } });
const withHandshake = async (handshake: Partial<Handshake>): Promise<Setup> =>
  trusted(await makePki(), { handshake });

const sound = () => withPosture(makePosture());
const accepting = (...names: string[]) => withPosture(withSuites(names));
const negotiating = (cipherSuite: string) => withHandshake({ cipherSuite });

const withKey = (key: Partial<EphemeralKey>) =>
  withPosture(
    makePosture({
      ephemeralKeys: [
        {
          kind: 'dh',
          bits: 2048,
          name: null,
          safePrime: true,
          cipherSuite: 'TLS_DHE_RSA_WITH_AES_128_GCM_SHA256',
          ...key,
        },
      ],
    }),
  );

/** The TLS feature extension with status_request: SEQUENCE { INTEGER 5 } (RFC 7633). */
const MUST_STAPLE: CertificateSpec = {
  dnsNames: ['a.example'],
  extensions: [
    { type: '1.3.6.1.5.5.7.1.24', critical: false, value: Uint8Array.of(0x30, 0x03, 0x02, 0x01, 0x05) },
  ],
};

const withStapling = async (leaf: CertificateSpec, rest: Partial<Setup> = {}): Promise<Setup> =>
  trusted(await makePki({ leaf }), rest);

const refusing = async (code: string, detail = 'STARTTLS is not among the capabilities'): Promise<Setup> => ({
  chain: [],
  handshake: null,
  observed: {
    outcome: 'starttls-refused',
    failure: { stage: 'starttls', code, detail },
    endpoint: {
      host: 'mail.example',
      address: '192.0.2.25',
      port: 25,
      protocol: 'smtp',
      serverName: 'mail.example',
    },
  },
});

/** Cases of the findings about endpoints. */
export const ENDPOINT_CASES: readonly CheckCase[] = [
  {
    id: 'sslv2',
    name: 'fires where it is offered',
    fires: () => withPosture(withVersions({ SSLv2: true })),
    message: 'server offers SSLv2, which was broken in 1996',
    severity: 'critical',
    silent: () => withPosture(withVersions({ SSLv2: null })),
  },
  {
    id: 'sslv2',
    name: 'fires for one handshake',
    fires: () => withHandshake({ version: 'SSLv2' }),
    message: /^server offers SSLv2/,
    silent: () => withHandshake({ version: 'SSLv3' }),
  },
  {
    id: 'sslv3',
    name: 'fires where it is offered',
    fires: () => withPosture(withVersions({ SSLv3: true })),
    message: /^server offers SSLv3/,
    severity: 'high',
    silent: () => withPosture(withVersions({ SSLv3: null })),
  },
  {
    id: 'sslv3',
    name: 'fires for one handshake',
    fires: () => withHandshake({ version: 'SSLv3' }),
    message: /^server offers SSLv3/,
    silent: () => withHandshake({ version: 'TLSv1' }),
  },
  {
    id: 'tls10',
    name: 'fires where it is offered',
    fires: () => withPosture(withVersions({ TLSv1: true })),
    message: /^server offers TLS 1\.0/,
    silent: () => withPosture(withVersions({ 'TLSv1.1': true })),
  },
  {
    id: 'tls10',
    name: 'fires for one handshake',
    fires: () => withHandshake({ version: 'TLSv1' }),
    message: /^server offers TLS 1\.0/,
    silent: () => withHandshake({ version: 'TLSv1.2' }),
  },
  {
    id: 'tls11',
    name: 'fires where it is offered',
    fires: () => withPosture(withVersions({ 'TLSv1.1': true })),
    message: /^server offers TLS 1\.1/,
    silent: () => withPosture(withVersions({ TLSv1: true })),
  },
  {
    id: 'no-tls13',
    name: 'fires where it was refused, and not where nothing is known',
    fires: () =>
      withPosture({
        ...withVersions({ 'TLSv1.3': false }),
        cipherSuites: makePosture().cipherSuites.slice(1),
      }),
    message: 'server offers TLSv1.2 at best, not TLS 1.3',
    severity: 'low',
    silent: () => withPosture(withVersions({ 'TLSv1.3': null })),
  },
  {
    id: 'no-tls13',
    name: 'does not conclude it from one handshake',
    fires: () => withPosture(withVersions({ 'TLSv1.3': false })),
    message: /not TLS 1\.3$/,
    silent: () => withHandshake({ version: 'TLSv1.2' }),
  },
  {
    id: 'compression',
    name: 'fires where it is accepted',
    fires: () => withPosture(makePosture({ compression: true })),
    message: 'server compresses TLS records on request',
    silent: () => withPosture(makePosture({ compression: null })),
  },
  {
    id: 'compression',
    name: 'fires for one handshake',
    fires: () => withHandshake({ compression: 'deflate' }),
    message: 'server compresses TLS records with deflate',
    silent: () => withHandshake({ compression: null }),
  },
  {
    id: 'null-cipher',
    name: 'names the suites',
    fires: () => accepting('TLS_RSA_WITH_NULL_SHA256', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'),
    message: 'server accepts suites without encryption: TLS_RSA_WITH_NULL_SHA256',
    severity: 'critical',
    silent: sound,
  },
  {
    id: 'null-cipher',
    name: 'knows those of TLS 1.3',
    fires: () => withPosture(withSuites(['TLS_SHA256_SHA256'], { version: 'TLSv1.3' })),
    message: /TLS_SHA256_SHA256$/,
    silent: sound,
  },
  {
    id: 'anonymous-cipher',
    name: 'fires for one handshake',
    fires: () => negotiating('TLS_DH_anon_WITH_AES_128_CBC_SHA'),
    message: /^server accepts suites in which nobody proves who he is: TLS_DH_anon_/,
    severity: 'high',
    silent: () => negotiating('TLS_DH_RSA_WITH_AES_128_CBC_SHA'),
  },
  {
    id: 'export-cipher',
    name: 'names the suites',
    fires: () => accepting('TLS_RSA_EXPORT_WITH_RC4_40_MD5', 'TLS_RSA_EXPORT_WITH_DES40_CBC_SHA'),
    message:
      'server accepts export suites of 40 or 56 bits: TLS_RSA_EXPORT_WITH_RC4_40_MD5 and TLS_RSA_EXPORT_WITH_DES40_CBC_SHA',
    silent: () => accepting('TLS_RSA_WITH_RC4_128_MD5'),
  },
  {
    id: 'export-cipher',
    name: 'knows those of SSLv2',
    fires: () => negotiating('SSL_CK_RC4_128_EXPORT40_WITH_MD5'),
    message: /SSL_CK_RC4_128_EXPORT40_WITH_MD5$/,
    silent: () => negotiating('SSL_CK_RC4_128_WITH_MD5'),
  },
  {
    id: 'rc4-cipher',
    name: 'gives the first of many and their number',
    fires: () =>
      accepting(
        'TLS_RSA_WITH_RC4_128_MD5',
        'TLS_RSA_WITH_RC4_128_SHA',
        'TLS_ECDHE_RSA_WITH_RC4_128_SHA',
        'TLS_ECDHE_ECDSA_WITH_RC4_128_SHA',
        'TLS_KRB5_WITH_RC4_128_SHA',
      ),
    message:
      'server accepts RC4: TLS_RSA_WITH_RC4_128_MD5, TLS_RSA_WITH_RC4_128_SHA, TLS_ECDHE_RSA_WITH_RC4_128_SHA and 2 more',
    silent: () => accepting('TLS_RSA_EXPORT_WITH_RC4_40_MD5'),
  },
  {
    id: 'des-cipher',
    name: 'fires for a single key',
    fires: () => accepting('TLS_RSA_WITH_DES_CBC_SHA'),
    message: 'server accepts DES with a single key: TLS_RSA_WITH_DES_CBC_SHA',
    severity: 'high',
    silent: () => accepting('TLS_RSA_WITH_3DES_EDE_CBC_SHA', 'TLS_RSA_EXPORT_WITH_DES40_CBC_SHA'),
  },
  {
    id: 'triple-des-cipher',
    name: 'fires for three keys',
    fires: () => accepting('TLS_RSA_WITH_3DES_EDE_CBC_SHA'),
    message: 'server accepts 3DES: TLS_RSA_WITH_3DES_EDE_CBC_SHA',
    silent: () => accepting('TLS_RSA_WITH_DES_CBC_SHA'),
  },
  {
    id: 'no-forward-secrecy',
    name: 'fires where no suite has it',
    fires: () =>
      withPosture(
        makePosture({
          cipherSuites: [
            {
              version: 'TLSv1.2',
              order: 'client',
              names: ['TLS_RSA_WITH_AES_128_GCM_SHA256', 'TLS_DHE_RSA_EXPORT_WITH_DES40_CBC_SHA'],
              complete: true,
            },
          ],
        }),
      ),
    message: 'server accepts no suite with forward secrecy',
    severity: 'medium',
    silent: () =>
      withPosture(
        makePosture({
          cipherSuites: [
            {
              version: 'TLSv1.2',
              order: 'client',
              names: ['TLS_RSA_WITH_AES_128_GCM_SHA256'],
              complete: false,
            },
          ],
        }),
      ),
  },
  {
    id: 'no-forward-secrecy',
    name: 'fires where the server puts the others first',
    fires: () => accepting('TLS_RSA_WITH_AES_128_GCM_SHA256', 'TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256'),
    message: 'server prefers TLS_RSA_WITH_AES_128_GCM_SHA256, without forward secrecy, in TLSv1.2',
    severity: 'low',
    silent: () => accepting('TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256', 'TLS_RSA_WITH_AES_128_GCM_SHA256'),
  },
  {
    id: 'weak-dh-group',
    name: 'names whose prime it is',
    fires: () => withKey({ bits: 1024, name: 'modp1024 (Oakley 2)' }),
    message:
      'server uses a Diffie-Hellman group of 1024 bits that comes with modp1024 (Oakley 2), at least 2048 are demanded',
    severity: 'high',
    silent: () => withKey({ bits: 2048, name: 'ffdhe2048' }),
  },
  {
    id: 'weak-dh-group',
    name: 'is critical below 1024 bits',
    fires: () => withKey({ bits: 768 }),
    message: 'server uses a Diffie-Hellman group of 768 bits, at least 2048 are demanded',
    severity: 'critical',
    silent: () => withKey({ kind: 'rsa-export', bits: 512, safePrime: null }),
  },
  {
    id: 'weak-dh-group',
    name: 'fires for a prime that is not safe',
    fires: () => withKey({ safePrime: false }),
    message: 'server uses a Diffie-Hellman group of 2048 bits that is not built on a safe prime',
    silent: () => withKey({ safePrime: null }),
  },
  {
    id: 'weak-dh-group',
    name: 'fires for one handshake',
    fires: () => withHandshake({ group: 'dh-1024' }),
    message: /of 1024 bits, at least 2048/,
    silent: () => withHandshake({ group: 'dh-2048' }),
  },
  {
    id: 'insecure-renegotiation',
    name: 'fires where the signal goes unanswered',
    fires: () => withPosture(makePosture({ secureRenegotiation: false })),
    message: 'server does not answer the signal for secure renegotiation',
    silent: () => withPosture(makePosture({ secureRenegotiation: null })),
  },
  {
    id: 'no-post-quantum-group',
    name: 'fires where the list is whole',
    fires: () =>
      withPosture(
        makePosture({ groups: [{ version: 'TLSv1.3', names: ['x25519', 'secp256r1'], complete: true }] }),
      ),
    message: 'server accepts no post-quantum group',
    severity: 'info',
    silent: () =>
      withPosture(
        makePosture({ groups: [{ version: 'TLSv1.3', names: ['x25519', 'secp256r1'], complete: false }] }),
      ),
  },
  {
    id: 'starttls-missing',
    name: 'fires where it is not offered',
    fires: () => refusing('not-offered'),
    message: 'server speaks smtp without TLS: STARTTLS is not among the capabilities',
    silent: () => refusing('454'),
  },
  {
    id: 'must-staple-ignored',
    name: 'fires where nothing is stapled',
    fires: () => withStapling(MUST_STAPLE),
    message: 'certificate demands a stapled OCSP response, and the server sends none',
    silent: () => withStapling({}),
  },
  {
    id: 'must-staple-ignored',
    name: 'is content with a response on any connection',
    fires: () => withStapling(MUST_STAPLE, { observed: { posture: makePosture({ ocspStapling: false }) } }),
    message: /the server sends none$/,
    silent: () => withStapling(MUST_STAPLE, { observed: { posture: makePosture({ ocspStapling: true }) } }),
  },
];
