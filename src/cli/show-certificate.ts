import type { Deployment } from '../model/deployment.js';
import { UsageError } from '../model/usage-error.js';
import type { Inventory } from '../store/inventory.js';
import type { ChainLink } from '../store/list-chains-with.js';
import { parseCertificate } from '../x509/certificate.js';
import { DerError } from '../x509/der-error.js';
import { writePem } from '../x509/write-pem.js';
import { EXIT_CODES, type ExitCode } from './exit-codes.js';
import { type CertificateReport, formatShowCertificate } from './print/show-certificate.js';
import { makeTextStyle } from './print/text-style.js';
import { writeStream } from './print/write-stream.js';
import type { ShowFlags } from './show-flags.js';

/** Prints one certificate: its facts, where it is and was presented, and in which chains. */
export async function showCertificate(
  inventory: Inventory,
  fingerprint: string,
  flags: ShowFlags,
): Promise<ExitCode> {
  const der = await inventory.certificateDer(fingerprint);
  if (flags.pem) {
    if (der === null)
      throw new UsageError(
        `another tool has told of certificate ${fingerprint} without its bytes: there is no PEM of it`,
      );
    await writeStream(process.stdout, [writePem([der])]);
    return EXIT_CODES.done;
  }
  const report = await gather(inventory, fingerprint, der, flags.limit);
  const text = flags.json
    ? `${JSON.stringify(report, null, 2)}\n`
    : formatShowCertificate(
        report,
        flags.now ?? new Date(),
        makeTextStyle(process.stdout, process.env.NO_COLOR),
      );
  await writeStream(process.stdout, [text]);
  return EXIT_CODES.done;
}

async function gather(
  inventory: Inventory,
  fingerprintSha256: string,
  der: Uint8Array | null,
  limit: number,
): Promise<CertificateReport> {
  const now = { count: 0, listed: [] as Deployment[] };
  const before = { count: 0, listed: [] as Deployment[] };
  const chains = { count: 0, listed: [] as (readonly ChainLink[])[] };
  let firstSeen: string | null = null;
  let lastSeen: string | null = null;
  for await (const deployment of inventory.deployments(fingerprintSha256)) {
    const list = deployment.isCurrent ? now : before;
    list.count += 1;
    if (list.listed.length < limit) list.listed.push(deployment);
    if (firstSeen === null || deployment.firstSeen < firstSeen) firstSeen = deployment.firstSeen;
    if (lastSeen === null || deployment.lastSeen > lastSeen) lastSeen = deployment.lastSeen;
  }
  for await (const chain of inventory.chainsWith(fingerprintSha256)) {
    chains.count += 1;
    if (chains.listed.length < limit) chains.listed.push(chain);
  }
  const { notes, owner, tags, unused } = await inventory.certificateAnnotation(fingerprintSha256);
  const said = { owner, tags, notes, unused: unused === true };
  const facts = der === null ? await readTold(inventory, fingerprintSha256) : readFacts(der);
  return { fingerprintSha256, ...facts, firstSeen, lastSeen, ...said, now, before, chains };
}

/** Of a certificate without its bytes another tool has told. */
async function readTold(
  inventory: Inventory,
  fingerprint: string,
): Promise<Pick<CertificateReport, 'certificate' | 'unreadable'>> {
  const certificate = await inventory.certificateFacts(fingerprint);
  return { certificate, unreadable: certificate ? null : 'another tool has told no more of it' };
}

function readFacts(der: Uint8Array): Pick<CertificateReport, 'certificate' | 'unreadable'> {
  try {
    return { certificate: parseCertificate(der).facts, unreadable: null };
  } catch (error) {
    if (!(error instanceof DerError)) throw error;
    return { certificate: null, unreadable: error.message };
  }
}
