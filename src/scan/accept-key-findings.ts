import type { Certificate } from '../model/certificate.js';
import type { Finding } from '../model/finding.js';
import type { AcceptObserved } from '../store/accept-observed.js';
import type { Inventory } from '../store/inventory.js';

/** Marks the findings of a certificate, among all others, that somebody accepts in annotations; to be shown, not to be stored. */
export type AcceptKeyFindings = (
  findings: readonly Finding[],
  certificate: Certificate,
) => Promise<readonly Finding[]>;

/**
 * Prepares marking findings of keys as of `now`. What is wrong with a key is wrong wherever it is: it is accepted by what is
 * said of the certificate or of names and issuers like its own, or of every endpoint that presents it now.
 */
export async function makeAcceptKeyFindings(
  inventory: Pick<Inventory, 'acceptor' | 'deployments'>,
  now: Date,
): Promise<AcceptKeyFindings> {
  const accept = await inventory.acceptor(now);
  return accept === null
    ? async (findings) => findings
    : (findings, certificate) => acceptFindings(inventory, accept, findings, certificate);
}

async function acceptFindings(
  inventory: Pick<Inventory, 'deployments'>,
  accept: AcceptObserved,
  findings: readonly Finding[],
  certificate: Certificate,
): Promise<readonly Finding[]> {
  let everywhere: readonly Finding[] | null = null;
  const anywhere = accept(findings, { endpoint: null, leaf: certificate });
  if (anywhere.every(({ waived }) => waived)) return anywhere;
  for await (const { endpoint, isCurrent, place } of inventory.deployments(certificate.fingerprintSha256)) {
    if (!isCurrent) break;
    const here = accept(anywhere, { endpoint, leaf: place === 1 ? certificate : null });
    everywhere = (everywhere ?? here).map((finding, index) =>
      here[index]?.waived ? finding : (anywhere[index] ?? finding),
    );
    if (!everywhere.some((finding, index) => finding !== anywhere[index])) break;
  }
  return everywhere ?? anywhere;
}
