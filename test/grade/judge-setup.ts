import { createJudge, type JudgeContext } from '../../src/grade/judge.js';
import { parsePolicy } from '../../src/grade/parse-policy.js';
import type { Finding } from '../../src/model/finding.js';
import type { Handshake } from '../../src/model/handshake.js';
import type { Judgement } from '../../src/model/judgement.js';
import type { Observation } from '../../src/model/observation.js';
import { parseCertificate } from '../../src/x509/certificate.js';
import { isSameName } from '../../src/x509/name.js';
import { makeTrustStore } from '../../src/x509/trust-store.js';
import { type CertificateSpec, type MadeCertificate, makeCertificate } from '../fixtures/make-certificate.js';

/** The moment that tests judge for unless their row says otherwise. */
export const NOW = '2026-11-22T10:00:00Z';

/** A server and those who judge it; what is left out makes a sound office network. */
export interface Setup {
  readonly chain: readonly { readonly der: Uint8Array }[];
  /** Roots in the one trust store; none: an empty store. */
  readonly roots?: readonly MadeCertificate[];
  /** Default `corp`; `mozilla` makes its CAs public. */
  readonly storeName?: string;
  /** Certificates known from elsewhere. */
  readonly known?: readonly MadeCertificate[];
  /** The server name; default: the endpoint is known by its address alone. */
  readonly name?: string;
  readonly now?: string;
  /** YAML. */
  readonly policy?: string;
  readonly distrust?: NonNullable<JudgeContext['distrust']>;
  readonly weakKeys?: NonNullable<JudgeContext['weakKeys']>;
  /** What the probe saw otherwise than a sound handshake of TLS 1.2. */
  readonly observed?: Partial<
    Pick<Observation, 'outcome' | 'failure' | 'posture' | 'otherChains' | 'endpoint' | 'observedAt'>
  >;
  /** What was negotiated otherwise; null: nothing was. */
  readonly handshake?: Partial<Handshake> | null;
}

/** Judges one observation of the setup's server. */
export function judgeSetup(setup: Setup): Judgement {
  const known = (setup.known ?? []).map(({ der }) => parseCertificate(der));
  const judge = createJudge({
    policy: parsePolicy(setup.policy ?? '', 'policy of the row'),
    trustStores: [
      makeTrustStore(
        setup.storeName ?? 'corp',
        (setup.roots ?? []).map(({ der }) => der),
      ),
    ],
    now: new Date(setup.now ?? NOW),
    intermediates: { bySubject: (name) => known.filter(({ subject }) => isSameName(subject, name)) },
    ...(setup.distrust && { distrust: setup.distrust }),
    ...(setup.weakKeys && { weakKeys: setup.weakKeys }),
  });
  const observation = observe(setup.chain, setup.name ?? null);
  const { handshake } = observation;
  return judge({
    ...observation,
    ...setup.observed,
    handshake: setup.handshake === null || handshake === null ? null : { ...handshake, ...setup.handshake },
  });
}

/** The findings of a setup with one id. */
export function findById(setup: Setup, id: string): readonly Finding[] {
  return judgeSetup(setup).findings.filter((finding) => finding.id === id);
}

/** What a probe of a server with this chain hands over. */
export function observe(
  chain: readonly { readonly der: Uint8Array }[],
  name: string | null = null,
): Observation {
  return {
    run: '0193b0a0-0000-7000-8000-000000000000',
    observedAt: '2026-11-22T10:00:00.000Z',
    endpoint: {
      host: name ?? '192.0.2.7',
      address: '192.0.2.7',
      port: 443,
      protocol: 'tls',
      serverName: name,
    },
    outcome: 'tls',
    failure: null,
    handshake: {
      version: 'TLSv1.2',
      cipherSuite: 'TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256',
      group: 'x25519',
      compression: 'null',
      presentedChain: chain.map(({ der }) => der),
      ocspResponse: null,
    },
  };
}

/** A root, an intermediate and a server's certificate below it. */
export interface Pki {
  readonly root: MadeCertificate;
  readonly intermediate: MadeCertificate;
  readonly leaf: MadeCertificate;
}

/** Makes a sound chain for a.example; each part can be made otherwise. */
export async function makePki(
  parts: { leaf?: CertificateSpec; intermediate?: CertificateSpec; root?: CertificateSpec } = {},
): Promise<Pki> {
  const root = await makeRoot(parts.root);
  const intermediate = await makeCertificate({
    subject: 'CN=Corp Issuing CA',
    issuer: root,
    ca: true,
    notBefore: new Date('2021-01-01T00:00:00Z'),
    notAfter: new Date('2031-01-01T00:00:00Z'),
    ...parts.intermediate,
  });
  const leaf = await makeLeaf({ issuer: intermediate, ...parts.leaf });
  return { root, intermediate, leaf };
}

/** Makes a server's certificate for a.example with 60 days left, self-signed unless it has an issuer. */
export function makeLeaf(spec: CertificateSpec = {}): Promise<MadeCertificate> {
  return makeCertificate({
    dnsNames: ['a.example'],
    notBefore: new Date('2026-10-23T10:00:00Z'),
    notAfter: new Date('2027-01-21T10:00:00Z'),
    ...spec,
  });
}

/** Makes a root that is valid from 2020 to 2040. */
export function makeRoot(spec: CertificateSpec = {}): Promise<MadeCertificate> {
  return makeCertificate({
    subject: 'CN=Corp Root',
    ca: true,
    notBefore: new Date('2020-01-01T00:00:00Z'),
    notAfter: new Date('2040-01-01T00:00:00Z'),
    ...spec,
  });
}
