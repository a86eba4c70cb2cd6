import { describeTwins } from '../../../src/grade/describe-twins.js';
import type { KeyFacts } from '../../../src/grade/key-facts.js';
import type { Severity } from '../../../src/model/finding.js';
import { parseCertificate } from '../../../src/x509/certificate.js';
import { type CertificateSpec, makeCertificate } from '../../fixtures/make-certificate.js';
import { makeKey } from '../../fixtures/make-key.js';

/** One way in which a check of keys among others fires, and the nearest way in which it must not. */
export interface ComparedKeyCase {
  readonly id: string;
  readonly name: string;
  readonly fires: () => Promise<KeyFacts>;
  readonly message: string | RegExp;
  readonly severity: Severity;
  readonly silent: () => Promise<KeyFacts>;
}

/** The first of some certificates that have one key, among the others. */
async function among(specs: readonly CertificateSpec[], primeSharers = 0): Promise<KeyFacts> {
  const key = await makeKey('rsa-2048', 'compared keys');
  const made = await Promise.all(specs.map((spec) => makeCertificate({ key, ...spec })));
  const certificates = made.map(({ der }) => parseCertificate(der));
  const [certificate] = certificates;
  const [twins] = describeTwins(certificates);
  if (certificate === undefined || twins === undefined) throw new Error('no certificate');
  return { certificate, twins, primeSharers };
}

async function issued(...names: readonly string[]): Promise<CertificateSpec[]> {
  const issuer = await makeCertificate({ subject: 'CN=Corp Root', ca: true });
  return names.map((name) => ({ dnsNames: [name], issuer }));
}

/** Cases of the findings about keys among all others. */
export const COMPARED_KEY_CASES: readonly ComparedKeyCase[] = [
  {
    id: 'shared-prime-key',
    name: 'fires for a key that shares a prime',
    fires: async () => among(await issued('a.example'), 1),
    message:
      'the RSA key of CN=a.example has a prime in common with another key: the private keys of all can be computed',
    severity: 'critical',
    silent: async () => among(await issued('a.example'), 0),
  },
  {
    id: 'shared-prime-key',
    name: 'counts the others',
    fires: async () => among(await issued('a.example'), 41),
    message: /with 41 other keys/,
    severity: 'critical',
    silent: async () => among(await issued('a.example', 'a.example'), 0),
  },
  {
    id: 'shared-key',
    name: 'is mild about a renewal',
    fires: async () => among(await issued('a.example', 'a.example')),
    message:
      'the key of CN=a.example is also in one other certificate of the same name: it was not changed on renewal',
    severity: 'low',
    silent: async () => among(await issued('a.example')),
  },
  {
    id: 'shared-key',
    name: 'names one of the others',
    fires: async () => among(await issued('a.example', 'b.example', 'c.example', 'a.example')),
    message: 'the key of CN=a.example is also in 2 other certificates of other names, such as CN=b.example',
    severity: 'medium',
    silent: async () => among(await issued('a.example')),
  },
  {
    id: 'shared-key',
    name: 'is severe about self-signed certificates of different names',
    fires: () => among([{ subject: 'CN=router 1' }, { subject: 'CN=router 2' }]),
    message: /is also in one other certificate of other names, such as CN=router 2$/,
    severity: 'high',
    silent: () => among([{ subject: 'CN=router 1' }]),
  },
  {
    id: 'shared-key',
    name: 'leaves CAs alone, which others certify again on purpose',
    fires: async () => among(await issued('a.example', 'b.example')),
    message: /such as CN=b.example$/,
    severity: 'medium',
    silent: () =>
      among([
        { subject: 'CN=CA', ca: true },
        { subject: 'CN=CA', ca: true },
      ]),
  },
];
