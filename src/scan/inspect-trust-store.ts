import { joinFindings } from '../grade/apply-checks.js';
import { prepareApplyWaivers } from '../grade/apply-waivers.js';
import { auditTrustStore, type TrustStoreEntry } from '../grade/audit-trust-store.js';
import type { JudgeContext } from '../grade/judge.js';
import { createKeyTester } from '../grade/key-tester.js';
import type { Finding } from '../model/finding.js';
import type { FileFormat } from '../x509/certificate-file.js';
import { makeChainEndpoint } from './chain-observation.js';
import type { FileToPair } from './key-pairs.js';

/** A file as a trust store, audited. Plain JSON. */
export interface TrustStoreInspection {
  /** As it was named. */
  readonly file: string;
  readonly format: FileFormat;
  /** In the order of the file. */
  readonly entries: readonly TrustStoreEntry[];
  /** Those of use as a trust anchor. */
  readonly valid: number;
  /** Other things in the file, such as keys: of no use in a trust store. */
  readonly others: number;
  /** All findings, most severe first. */
  readonly findings: readonly Finding[];
}

/** Audits the certificates of a file as the CAs that somebody trusts. */
export function inspectTrustStore(
  { file, name }: FileToPair,
  { now, policy, weakKeys = [] }: Pick<JudgeContext, 'now' | 'policy' | 'weakKeys'>,
): TrustStoreInspection {
  const ders = file.objects.flatMap((object) => ('der' in object && object.der !== null ? [object.der] : []));
  const applyWaivers = prepareApplyWaivers(policy.waivers, now.getTime());
  const audited = auditTrustStore(ders, { now, policy, testKey: createKeyTester(weakKeys) });
  const entries = audited.map((entry) => {
    const certificates = entry.certificate ? [entry.certificate] : [];
    return { ...entry, findings: applyWaivers(entry.findings, makeChainEndpoint(), certificates) };
  });
  return {
    file: name,
    format: file.format,
    entries,
    valid: entries.filter(({ valid }) => valid).length,
    others: file.objects.length - ders.length,
    findings: joinFindings(...entries.map(({ findings }) => findings)),
  };
}
