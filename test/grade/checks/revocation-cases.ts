import { parseCertificate } from '../../../src/x509/certificate.js';
import { encodeOcspRequest } from '../../../src/x509/ocsp-request.js';
import type { MadeCertificate } from '../../fixtures/make-certificate.js';
import { openOpensslAuthority, type ResponseOptions } from '../../fixtures/openssl-authority.js';
import { makePki, type Setup } from '../judge-setup.js';
import { type CheckCase, trusted } from './check-case.js';

const REVOKED_AT = new Date('2026-01-02T03:04:05Z');

/** What the CA has in its books. */
type State = 'good' | 'revoked' | 'revoked without reason' | 'unmentioned';

/** A server that staples what its CA answers. */
async function stapling(
  state: State,
  options: ResponseOptions & { readonly elapsedDays?: number; readonly isMangled?: true } = {},
): Promise<Setup> {
  const pki = await makePki();
  const authority = await openOpensslAuthority(pki.intermediate);
  try {
    if (state === 'good') authority.issue(pki.leaf);
    if (state === 'revoked') authority.revoke(pki.leaf, REVOKED_AT, 'keyCompromise');
    if (state === 'revoked without reason') authority.revoke(pki.leaf, REVOKED_AT);
    const response = await authority.respond(requestFor(pki), options);
    const ocspResponse = options.isMangled ? response.subarray(0, 100) : response;
    const observedAt = new Date(Date.now() + 86_400_000 * (options.elapsedDays ?? 0)).toISOString();
    return trusted(pki, { observed: { observedAt }, handshake: { ocspResponse } });
  } finally {
    await authority.close();
  }
}

function requestFor({ leaf, intermediate }: Record<'leaf' | 'intermediate', MadeCertificate>): Buffer {
  return encodeOcspRequest(parseCertificate(leaf.der), parseCertificate(intermediate.der));
}

/** Cases of the findings about revocation, as stapled responses tell it. */
export const REVOCATION_CASES: readonly CheckCase[] = [
  {
    id: 'revoked',
    name: 'fires on a stapled response that says when and why',
    fires: () => stapling('revoked'),
    message:
      'certificate was revoked on 2026-01-02 03:04:05 UTC (reason: keyCompromise), as the stapled OCSP response says',
    severity: 'critical',
    silent: () => stapling('good'),
  },
  {
    id: 'revoked',
    name: 'fires without a reason, but not on a response that has expired',
    fires: () => stapling('revoked without reason'),
    message: /was revoked on 2026-01-02 03:04:05 UTC \(no reason given\)/,
    silent: () => stapling('revoked', { elapsedDays: 9 }),
  },
  {
    id: 'revocation-unknown',
    name: 'fires on a stapled response that has expired, and says that it is no revocation',
    fires: () => stapling('good', { elapsedDays: 9 }),
    message:
      /^it is unknown whether the certificate was revoked: the stapled OCSP response does not count, which is no revocation: it expired on /,
    severity: 'low',
    silent: () => stapling('good', { elapsedDays: 5 }),
  },
  {
    id: 'revocation-unknown',
    name: 'fires on a stapled response that breaks off',
    fires: () => stapling('good', { isMangled: true }),
    message: /it is no OCSP response that can be read/,
    silent: async () => trusted(await makePki()),
  },
  {
    id: 'revocation-unknown',
    name: 'fires on a stapled response of a CA that does not know the certificate',
    fires: () => stapling('unmentioned'),
    message: /by the stapled OCSP response, the CA does not know the certificate$/,
    silent: () => stapling('revoked'),
  },
];
