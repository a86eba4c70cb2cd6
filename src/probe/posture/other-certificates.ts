import { SIGNATURE_SCHEMES } from '../hello/signature-schemes.js';
import { askVersion } from './ask-version.js';
import type { Asker } from './asker.js';

/** Kinds of keys that servers have side by side. */
const KINDS = [/^RSA/, /^(ECDSA|Ed)/, /^ML-DSA/];

/**
 * Asks a server of TLS 1.3 for a certificate of each kind; what it presents is noted by the asker. Earlier versions show
 * all kinds with their suites.
 */
export async function askForOtherCertificates(
  asker: Asker,
  cipherSuites: readonly number[],
  serverName: string | null,
): Promise<void> {
  const schemes = [...SIGNATURE_SCHEMES.values()];
  await Promise.all(
    KINDS.map((kind) => {
      const signatureSchemes = schemes.filter(({ key }) => kind.test(key)).map(({ id }) => id);
      const question = { version: 'TLSv1.3', serverName, cipherSuites, signatureSchemes } as const;
      return askVersion(asker, question, 'certificate');
    }),
  );
}
