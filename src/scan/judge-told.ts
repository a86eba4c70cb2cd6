import { prepareApplyWaivers } from '../grade/apply-waivers.js';
import { expired } from '../grade/checks/expired.js';
import { notYetValid } from '../grade/checks/not-yet-valid.js';
import { unverifiedCertificate } from '../grade/file-rules/unverified-certificate.js';
import { applyFindingRule } from '../grade/finding-rule.js';
import type { JudgeContext } from '../grade/judge.js';
import type { Certificate } from '../model/certificate.js';
import type { Endpoint } from '../model/endpoint.js';
import { isAtLeast, listOpenFindings } from '../model/finding.js';
import type { Judgement } from '../model/judgement.js';

/** Judges a certificate (SHA-256, hex) by what was told of it; null: nothing was. */
export type JudgeTold = (endpoint: Endpoint, fingerprint: string, told: Certificate | null) => Judgement;

/**
 * Makes a judge of certificates that another tool has told of without their bytes. Nothing but the dates can be held
 * against the clock: who has signed it, what its key is worth and where its chain leads is not known.
 */
export function prepareJudgeTold({ policy, now }: Pick<JudgeContext, 'policy' | 'now'>): JudgeTold {
  const applyWaivers = prepareApplyWaivers(policy.waivers, now.getTime());
  const moment = now.getTime();

  return (endpoint, fingerprint, told) => {
    const { notAfter = null, notBefore = null } = told ?? {};
    const isExpired = notAfter !== null && Date.parse(notAfter) < moment;
    const isEarly = notBefore !== null && Date.parse(notBefore) > moment;
    const found = [
      ...(isExpired
        ? applyFindingRule(
            expired,
            policy,
            fingerprint,
            `certificate expired on ${notAfter}, as far as was told`,
          )
        : []),
      ...(isEarly
        ? applyFindingRule(
            notYetValid,
            policy,
            fingerprint,
            `certificate is not valid before ${notBefore}, as far as was told`,
          )
        : []),
      ...applyFindingRule(
        unverifiedCertificate,
        policy,
        fingerprint,
        'another tool has told of the certificate without handing it over, so that nothing but its dates was judged',
      ),
    ];
    const findings = applyWaivers(found, endpoint, told === null ? [] : [told]);
    const isWarned = listOpenFindings(findings).some(({ severity }) => isAtLeast(severity, 'medium'));
    return {
      presented: told === null ? [] : [told],
      path: {
        status: 'incomplete',
        trustStores: [],
        certificates: [fingerprint],
        reason: 'the certificate itself was not handed over, so that no path could be built',
      },
      findings,
      status: isExpired ? 'Expired' : isWarned ? 'Warning' : 'Good',
      grade: null,
    };
  };
}
