import type { Certificate } from '../model/certificate.js';
import type { Endpoint } from '../model/endpoint.js';
import type { Finding, Waived } from '../model/finding.js';
import { readHostPattern } from './host-pattern.js';
import { readPattern } from './pattern.js';
import type { Waiver } from './policy.js';

/** Marks the findings of an endpoint that are waived; `certificates` are all that it presents, its own first. */
export type ApplyWaivers = (
  findings: readonly Finding[],
  endpoint: Endpoint,
  certificates: readonly Certificate[],
) => readonly Finding[];

/** A waiver that is in force, ready to be held against findings. */
interface ActiveWaiver {
  readonly waived: Waived;
  fits(finding: Finding, endpoint: Endpoint, certificates: readonly Certificate[]): boolean;
}

/** Prepares the waivers that have not ended at a moment (milliseconds since 1970, UTC). */
export function prepareApplyWaivers(waivers: readonly Waiver[], now: number): ApplyWaivers {
  const byFinding = new Map<string, ActiveWaiver[]>();
  for (const waiver of waivers) {
    if (Date.parse(waiver.until) < now) continue;
    const sameFinding = byFinding.get(waiver.finding);
    if (sameFinding === undefined) byFinding.set(waiver.finding, [prepare(waiver)]);
    else sameFinding.push(prepare(waiver));
  }
  return (findings, endpoint, certificates) => {
    if (!findings.some(({ id }) => byFinding.has(id))) return findings;
    return findings.map((finding) => {
      const waiver = byFinding.get(finding.id)?.find((each) => each.fits(finding, endpoint, certificates));
      return waiver ? { ...finding, waived: waiver.waived } : finding;
    });
  };
}

function prepare({ owner, reason, until, host, fingerprint, issuer }: Waiver): ActiveWaiver {
  const isHost = host === undefined ? null : readHostPattern(host);
  const isIssuer = issuer === undefined ? null : readPattern(issuer);
  return {
    waived: { owner, reason, until },
    fits(finding, endpoint, certificates) {
      const [own] = certificates;
      if (host !== undefined && !isHost?.(endpoint)) return false;
      if (
        fingerprint !== undefined &&
        finding.subject !== fingerprint &&
        own?.fingerprintSha256 !== fingerprint
      )
        return false;
      if (isIssuer === null) return true;
      // What the server did not send (a root, say) is not at hand here: its own certificate speaks for it.
      const atFault = certificates.find((each) => each.fingerprintSha256 === finding.subject) ?? own;
      return atFault !== undefined && isIssuer(atFault.issuer);
    },
  };
}
