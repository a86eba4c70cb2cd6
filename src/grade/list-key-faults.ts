import type { KeyFaultId } from '../x509/keys/key-test.js';
import type { ChainFacts } from './chain-facts.js';
import type { Fault } from './check.js';
import { describeCertificate } from './describe-certificate.js';

/** Lists what the tests of keys say under one id about the certificates of the path. */
export function listKeyFaults({ search, testKey }: ChainFacts, id: KeyFaultId): Fault[] {
  return search.certificates.flatMap((certificate) =>
    testKey(certificate)
      .filter((fault) => fault.id === id)
      .map(({ severity, text }) => ({
        subject: certificate.facts.fingerprintSha256,
        message: `the ${certificate.publicKey.type} key of ${describeCertificate(certificate)} ${text}`,
        severity,
      })),
  );
}
